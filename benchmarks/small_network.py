"""A small network for the functions of stage 3 that no milestone uses: what a mistake in them does to its loss.

One hidden layer with the student's `leaky_relu` and `leaky_relu_backward`, on embeddings that `normalize_embeddings`
has made of a table that is far from mean 0 and spread 1. The text is that of milestone 3.
"""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

import numpy as np

from grader.course.milestones.mlp import BATCH, CONTEXT, HIDDEN, WIDTH, tokens
from grader.frontends.milestones.adam import adam
from grader.frontends.milestones.mlp import RATE, examples
from grader.frontends.milestones.roster import Files
from grader.frontends.milestones.team import Needed, Team
from grader.grading.intake import read_submission

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
STEPS, LAST = 300, 50
_X = np.linspace(-1.0, 1.0, 12).reshape(3, 4)
NEEDED = (
    Needed(3, "leaky_relu", (_X,)),
    Needed(3, "leaky_relu_backward", (_X, _X)),
    Needed(3, "normalize_embeddings", (_X,)),
)


def loss(team: Team) -> float:
    """The mean loss in nats of the last steps of training. Raises `team.Stopped`."""
    rng = np.random.default_rng(5)
    contexts, targets = examples(tokens())
    size = int(targets.max()) + 1
    table = team.array(
        "normalize_embeddings", team.call("normalize_embeddings", rng.normal(2, 4, (size, WIDTH))), (size, WIDTH)
    )
    n = {
        "table": table,
        "w1": rng.normal(0, (CONTEXT * WIDTH) ** -0.5, (CONTEXT * WIDTH, HIDDEN)),
        "b1": np.zeros(HIDDEN),
    }
    n |= {"w2": rng.normal(0, HIDDEN**-0.5, (HIDDEN, size)), "b2": np.zeros(size)}
    moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in n.items()}
    losses = []
    for step in range(1, STEPS + 1):
        chosen = rng.integers(len(targets), size=BATCH)
        ids, wanted = contexts[chosen], targets[chosen]
        flat = n["table"][ids].reshape(BATCH, -1)
        before = flat @ n["w1"] + n["b1"]
        hidden = team.array("leaky_relu", team.call("leaky_relu", before), before.shape)
        logits = hidden @ n["w2"] + n["b2"]
        logits -= np.logaddexp.reduce(logits, axis=-1, keepdims=True)
        losses.append(-logits[np.arange(BATCH), wanted].mean())
        error = (np.exp(logits) - np.eye(size)[wanted]) / BATCH
        inner = team.call("leaky_relu_backward", error @ n["w2"].T, before)
        inner = team.array("leaky_relu_backward", inner, before.shape)
        grads = {"w2": hidden.T @ error, "b2": error.sum(0), "w1": flat.T @ inner, "b1": inner.sum(0)}
        grads["table"] = np.zeros_like(n["table"])
        np.add.at(grads["table"], ids, (inner @ n["w1"].T).reshape(*ids.shape, WIDTH))
        for name, grad in grads.items():
            n[name] = n[name] - RATE * adam(moments[name], grad, step, 0.999)
    return float(np.mean(losses[-LAST:]))


@cache
def reference() -> float:
    """What the solutions come to."""
    return loss(Team(NEEDED, Files(read_submission(SOLUTIONS).sources), time.monotonic() + 600))
