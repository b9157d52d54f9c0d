"""A GPT trained from nothing through the student's own functions, what they compute recorded on a tape."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np

from grader.course.catalogue import Exercise
from grader.course.milestones import grammar
from grader.course.milestones.gpt import BATCH, D_MODEL, EVERY, HONEST_TEXTS, LAYERS, SEED, STEPS, WINDOW, held_out
from grader.frontends.milestones.adam import adam
from grader.frontends.milestones.gpt import NEEDED as FORWARD
from grader.frontends.milestones.gpt import Gpt, cross_entropy_of
from grader.frontends.milestones.roster import Functions
from grader.frontends.milestones.tape import Taped, Unfollowed, gradients, taped, untaped
from grader.frontends.milestones.tape_makers import recording
from grader.frontends.milestones.team import Needed, Pace, Stopped, Team
from grader.student.faults import OutOfTime, TimedOut
from grader.student.in_process import InProcessFunctions, time_limit

_LOGITS = np.array([[0.1, -0.5, 1.0], [2.0, 0.3, -1.0]])
NEEDED = (
    *FORWARD,
    Needed(6, "init_embeddings", (np.random.default_rng(0), 5, 8)),
    Needed(6, "init_feed_forward", (np.random.default_rng(0), 8)),
    Needed(6, "cross_entropy_grad", (_LOGITS, np.array([2, 0]))),
)
# What a gradient goes through; masks and positions are constants, and a cache is not trained with.
DERIVED = ("layer_norm", "scaled_attention", "split_heads", "merge_heads", "transformer_block", "gpt_logits")
# A gradient that is off by more of what it is than this is not the function's; single precision passes.
STEP, CLOSE = 1e-3, 2e-2


class TapedTeam(Team):
    """The same team, whose functions get arrays on a tape, and whose results are taken as they are."""

    def __init__(self, team: Team) -> None:
        vars(self).update(vars(team))

    def _ask(self, player: Functions, exercise: Exercise, args: Sequence[Any]) -> Any:
        def call() -> Any:
            assert isinstance(player, InProcessFunctions)
            # Copies, that record as well: what a function writes into its arguments is its own affair.
            own = [arg.copy() if isinstance(arg, np.ndarray) else arg for arg in args]
            return player.modules.call(exercise.stem, exercise.name, own, _as_it_is)

        if self._depth > 1:
            return call()
        try:
            with (
                recording() if exercise.name in DERIVED else nullcontext(),
                time_limit(self.seconds_left(), exercise.stem),
            ):
                return call()
        except OutOfTime:
            raise TimedOut("your code did not come to an end") from None


def _as_it_is(result: Any) -> Any:
    return list(result) if isinstance(result, tuple) else result


def unfollowed(team: TapedTeam) -> list[str]:
    """The functions whose derivative the tape does not have, found by small steps of their arguments."""
    return [one.name for one in NEEDED if one.name in DERIVED and not _is_followed(team, one)]


def _is_followed(team: TapedTeam, one: Needed) -> bool:
    rng = np.random.default_rng(0)
    places = [n for n, arg in enumerate(one.sample) if isinstance(arg, np.ndarray)]
    ways = {n: rng.normal(size=one.sample[n].shape) for n in places}

    def at(step: float) -> list[Any]:
        return [arg + step * ways[n] if n in ways else arg for n, arg in enumerate(one.sample)]

    on_tape = {n: taped(one.sample[n]) for n in places}
    try:
        result = _first(team.call(one.name, *(on_tape.get(n, arg) for n, arg in enumerate(one.sample))))
        seed = rng.normal(size=np.shape(result))
        found = gradients(result, seed, list(on_tape.values()))
        above, below = (float((_first(team.call(one.name, *at(step))) * seed).sum()) for step in (STEP, -STEP))
    except (Stopped, Unfollowed, TypeError, ValueError):
        return False
    slope = (above - below) / (2 * STEP)
    parts = [float((grad * way).sum()) for grad, way in zip(found, ways.values(), strict=True)]
    return abs(slope - sum(parts)) <= CLOSE * (1e-3 + max(map(abs, [slope, *parts])))


def _first(result: Any) -> Any:
    """A result, or the first of a pair of them."""
    return result[0] if isinstance(result, tuple | list) else result


class Training:
    """The training: `losses` are the means of every EVERY steps, `steps` how many there was time for."""

    def __init__(self, team: TapedTeam) -> None:
        self._team, self._rng = team, np.random.default_rng(SEED)
        self.numbers = self._fresh()
        self.losses: list[float] = []
        self.steps = 0

    def run(self, watch: Callable[[int, float], None]) -> None:
        """STEPS steps of Adam; `watch` is told the mean loss of every EVERY. Raises Stopped."""
        moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in self.numbers.items()}
        losses: list[float] = []
        pace = Pace(self._team)
        for step in range(1, STEPS + 1):
            if pace.is_over():
                return
            loss, grads = self._step(grammar.windows(self._rng, BATCH, WINDOW + 1))
            losses.append(loss)
            rate = 4e-3 * min(1.0, step / 40) * (0.05 + 0.95 * 0.5 * (1 + np.cos(np.pi * step / STEPS)))
            for name, grad in grads.items():
                self.numbers[name] = self.numbers[name] - rate * adam(moments[name], grad, step, 0.99)
            self.steps = step
            if step % EVERY == 0:
                self.losses.append(float(np.mean(losses[-EVERY:])))
                watch(step, self.losses[-1])

    def honest(self, team: Team) -> float:
        """The loss in nats per token where each token is predicted from those before it and nothing else is there."""
        model, tokens = Gpt(team, self.numbers), held_out(HONEST_TEXTS)
        last = [model.logits(tokens[:, : end + 1])[:, -1] for end in range(WINDOW)]
        return cross_entropy_of(np.stack(last, axis=1), tokens[:, 1 : WINDOW + 1])

    def _fresh(self) -> dict[str, np.ndarray]:
        """The student's embeddings and feed-forward layers, and the kit's projections and norms."""
        rng = np.random.default_rng(SEED + 1)
        made = self._made("init_embeddings", ("token_embedding",), rng, len(grammar.WORDS), D_MODEL)
        numbers = {"token_embedding": made["token_embedding"]}
        for layer in range(LAYERS):
            for name, scale in {"w_q": 1.0, "w_k": 1.0, "w_v": 1.0, "w_o": 0.5}.items():
                numbers[f"{layer}.{name}"] = rng.normal(0, scale * D_MODEL**-0.5, (D_MODEL, D_MODEL))
            made = self._made("init_feed_forward", ("w1", "b1", "w2", "b2"), rng, D_MODEL)
            numbers |= {f"{layer}.{name}": value for name, value in made.items()}
        for norm in (*(f"{layer}.norm{which}" for layer in range(LAYERS) for which in (1, 2)), "norm"):
            numbers |= {f"{norm}.gamma": np.ones(D_MODEL), f"{norm}.beta": np.zeros(D_MODEL)}
        return numbers

    def _made(self, function: str, names: Sequence[str], *args: Any) -> dict[str, np.ndarray]:
        found = self._team.call(function, *args)
        if not isinstance(found, Mapping) or not set(names) <= found.keys():
            self._team.refuse(
                function, f"returned {type(found).__name__}, where a dict with {', '.join(names)} is needed"
            )
        return {name: self._team.array(function, found[name], np.shape(found[name])) for name in names}

    def _step(self, tokens: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
        inputs, targets = tokens[:, :-1], tokens[:, 1:]
        on_tape = {name: taped(value) for name, value in self.numbers.items()}
        logits = Gpt(self._team, on_tape).logits(inputs)
        plain = untaped(logits)
        flat = plain.reshape(-1, plain.shape[-1])
        seed = self._team.call("cross_entropy_grad", flat.copy(), targets.reshape(-1).copy())
        seed = self._team.array("cross_entropy_grad", seed, flat.shape).reshape(plain.shape)
        found = gradients(logits, seed, list[Taped](on_tape.values()))
        return cross_entropy_of(plain, targets), dict(zip(on_tape, found, strict=True))
