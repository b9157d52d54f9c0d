"""A neural language model that learns by the student's functions; the kit brings the rest of the backward pass."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.course.milestones import grammar
from grader.course.milestones.mlp import BATCH, CONTEXT, EVERY, HIDDEN, SEED, STEPS, WIDTH
from grader.frontends.milestones.adam import adam
from grader.frontends.milestones.gpt import cross_entropy_of
from grader.frontends.milestones.team import Needed, Pace, Team

# Of Adam.
RATE = 5e-3

_IDS = np.array([[0, 2, 1], [1, 1, 0]])
_TABLE = np.linspace(-1.0, 1.0, 12).reshape(3, 4)
_W1, _W2 = np.linspace(-0.3, 0.4, 60).reshape(12, 5), np.linspace(-0.5, 0.2, 15).reshape(5, 3)
_LOGITS, _TARGETS = np.array([[0.1, -0.5, 1.0], [2.0, 0.3, -1.0]]), np.array([2, 0])


def _nothing(tokens: Any) -> float:
    return 1.0


NEEDED = (
    Needed(3, "init_weights", (np.random.default_rng(0), 12, 5, "tanh")),
    Needed(3, "embed_context", (_TABLE, _IDS)),
    Needed(3, "linear", (_LOGITS, _W2.T[:, :3], np.zeros(3))),
    Needed(3, "mlp_forward", (_IDS, _TABLE, _W1, np.zeros(5), _W2, np.zeros(3))),
    Needed(3, "cross_entropy", (_LOGITS, _TARGETS)),
    Needed(3, "softmax", (_LOGITS,)),
    Needed(3, "embedding_backward", (_TABLE[_IDS], _IDS, 3)),
    Needed(3, "held_out_perplexity", (_nothing, _nothing, np.arange(20))),
)
Watch = Callable[[int, float], None]


class Mlp:
    """The model. Every method raises `team.Stopped` where a function of the student's does what it may not.

    `steps` is how many steps of training there was time for.
    """

    def __init__(self, team: Team) -> None:
        self._team, self.vocabulary, self.steps = team, len(grammar.WORDS), 0
        rng = np.random.default_rng(SEED)
        self._numbers = {
            "embeddings": rng.normal(0, 1, (self.vocabulary, WIDTH)),
            "w1": self._drawn(rng, CONTEXT * WIDTH, HIDDEN),
            "b1": np.zeros(HIDDEN),
            "w2": self._drawn(rng, HIDDEN, self.vocabulary),
            "b2": np.zeros(self.vocabulary),
        }

    def train(self, tokens: np.ndarray, watch: Watch) -> None:
        """STEPS steps of Adam over a text [N]; `watch` is told the mean of the student's loss every EVERY steps."""
        contexts, targets = examples(tokens)
        rng = np.random.default_rng(SEED + 1)
        moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in self._numbers.items()}
        losses: list[float] = []
        pace = Pace(self._team)
        for step in range(1, STEPS + 1):
            if pace.is_over():
                return
            chosen = rng.integers(len(targets), size=BATCH)
            loss, grads = self._backward(contexts[chosen], targets[chosen])
            losses.append(loss)
            for name, grad in grads.items():
                self._numbers[name] = self._numbers[name] - RATE * adam(moments[name], grad, step, 0.999)
            self.steps = step
            if step % EVERY == 0:
                watch(step, float(np.mean(losses[-EVERY:])))

    def logits(self, contexts: np.ndarray) -> np.ndarray:
        """The student's scores [B, V] for contexts [B, C]."""
        n = self._numbers
        found = self._team.call("mlp_forward", contexts, n["embeddings"], n["w1"], n["b1"], n["w2"], n["b2"])
        return self._array("mlp_forward", found, (len(contexts), self.vocabulary))

    def perplexity(self, tokens: np.ndarray) -> float:
        """exp of the loss over a text, which the kit computes from the student's scores."""
        contexts, targets = examples(tokens)
        return float(np.exp(cross_entropy_of(self.logits(contexts), targets)))

    def write(self, count: int) -> str:
        """So many words after a full stop, drawn from the student's softmax with a seed."""
        ids, rng = [grammar.STOP] * CONTEXT, np.random.default_rng(SEED)
        for _ in range(count):
            chances = self._softmax(self.logits(np.array([ids[-CONTEXT:]])))[0]
            ids.append(min(int(np.searchsorted(chances.cumsum(), rng.random())), self.vocabulary - 1))
        return grammar.text(ids[CONTEXT:])

    def _backward(self, contexts: np.ndarray, targets: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
        """The student's loss, and the gradient by every number: embed, flatten, linear, tanh, linear, backwards."""
        n, batch = self._numbers, len(targets)
        flat = self._team.call("embed_context", n["embeddings"], contexts)
        flat = self._array("embed_context", flat, (batch, CONTEXT * WIDTH))
        hidden = self._team.call("linear", flat, n["w1"], n["b1"])
        hidden = np.tanh(self._array("linear", hidden, (batch, HIDDEN)))
        logits = self.logits(contexts)
        loss = self._team.array("cross_entropy", np.asarray(self._team.call("cross_entropy", logits, targets)), ())
        error = (self._softmax(logits) - np.eye(self.vocabulary)[targets]) / batch
        inner = (error @ n["w2"].T) * (1 - hidden**2)
        outer = (inner @ n["w1"].T).reshape(batch, CONTEXT, WIDTH)
        table = self._team.call("embedding_backward", outer, contexts, self.vocabulary)
        table = self._array("embedding_backward", table, (self.vocabulary, WIDTH))
        grads = {"embeddings": table, "w1": flat.T @ inner, "b1": inner.sum(0)}
        return float(loss), {**grads, "w2": hidden.T @ error, "b2": error.sum(0)}

    def _softmax(self, logits: np.ndarray) -> np.ndarray:
        return self._array("softmax", self._team.call("softmax", logits), logits.shape)

    def _drawn(self, rng: np.random.Generator, fan_in: int, fan_out: int) -> np.ndarray:
        found = self._team.call("init_weights", rng, fan_in, fan_out, "tanh")
        return self._array("init_weights", found, (fan_in, fan_out))

    def _array(self, name: str, value: Any, shape: tuple[int, ...]) -> np.ndarray:
        return np.asarray(self._team.array(name, value, shape))


def examples(tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Contexts [N - C, C] and the token after each."""
    return np.lib.stride_tricks.sliding_window_view(tokens, CONTEXT)[:-1], tokens[CONTEXT:]
