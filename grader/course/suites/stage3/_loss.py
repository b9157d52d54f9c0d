"""What the checks of the loss share: steep logits, the right loss, and the usual factors between it and another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, wrong
from grader.course.measure import name_of, number
from grader.student.faults import Raised

# A small number inside the log, 1e-7 at most, ends a loss at 16 nats; below 8 it changes nothing that is compared.
LARGE = 15.0
# What a mean over the batch may be off, relative to its size: half precision is a right precision.
CLOSE = 1e-3
# More than this is no loss of logits up to 10,000, be it a sum over the batch.
ABSURD = 1e6


@dataclass(frozen=True)
class Steep:
    """Finite logits [B, V] and targets [B] that overflow or underflow on the way to the loss; `name` says how."""

    name: str
    logits: np.ndarray
    targets: np.ndarray

    @property
    def right(self) -> float:
        return mean_loss(self.logits, self.targets)


STEEP = tuple(
    Steep(name, np.array(logits), np.array(targets))
    for name, logits, targets in (
        ("the target scores 1,000 below the best word", [[0.0, 1000.0, 3.0]], [0]),
        ("two targets score 1,000 below the best word", [[0.0, 1000.0, 3.0], [1000.0, 2.0, 0.0]], [0, 2]),
        ("the target scores 2,000 above the next word", [[0.0, -2000.0, -3000.0]], [0]),
        ("two words score 1,000", [[1000.0, 1000.0, 0.0]], [1]),
        ("one row scores near 10,000 and one near −10,000", [[1e4, 9993.0], [-1e4, -9993.0]], [1, 1]),
        ("the target scores 20,000 below the best word", [[1e4, -1e4, 0.0]], [1]),
    )
)

# What Python's math raises where numpy would return an infinity or NaN.
MATH_ERRORS = ("ValueError", "OverflowError", "ZeroDivisionError", "FloatingPointError")

# Losses that are the mean in nats times something: the factor for B rows of V words, and what it says.
Factor = Callable[[int, int], float]
FACTORS: tuple[tuple[str, Factor], ...] = (
    ("Yours is the sum over the rows, not their mean.", lambda rows, words: rows),
    ("Yours is divided by the number of words too.", lambda rows, words: 1 / words),
    (
        "Yours is divided by the number of words, not of rows.",
        lambda rows, words: rows / words,
    ),
    ("Yours is in bits: its logarithms are to base 2.", lambda rows, words: 1 / float(np.log(2.0))),
)


def mean_loss(logits: np.ndarray, targets: np.ndarray) -> float:
    """The mean of −log p(target) over the rows, in nats; logits [B, V], targets [B]."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    losses = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(targets)), targets]
    return float(losses.mean())


def plain_batch(rng: Rng, rows: int, words: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits [B, V] and targets [B] of a model that knows a little; the loss is not a number of two decimals."""
    while True:
        logits, targets = rng.normal(0, 1.5, (rows, words)), rng.integers(0, words, rows)
        logits[np.arange(rows), targets] += max(0.0, float(np.log(words)) - 1.2)
        loss = mean_loss(logits, targets)
        # In two decimals a loss can be off by 0.005 at most: rounding must show beyond what is close.
        if 1.1 < loss < 2.5 and abs(loss - round(loss, 2)) > 1.5 * CLOSE * loss:
            return logits, targets


def require_finite_loss(answer: Answer) -> None:
    """Block the check where the loss of steep logits is not finite: that comes first."""
    for steep in STEEP:
        try:
            loss = number(answer(steep.logits, steep.targets), "loss")
        except Raised as fault:
            blocked("where {name}, your loss raises {fault}", name=steep.name, fault=str(fault))
        if not np.isfinite(loss):
            blocked("where {name}, your loss is {loss}", name=steep.name, loss=loss)


def all_close(losses: Sequence[float], rights: Sequence[float]) -> bool:
    """Whether these losses are those, each within half precision."""
    return all(abs(loss - right) <= 2 * CLOSE * max(right, 0.1) for loss, right in zip(losses, rights, strict=True))


def is_plausible(loss: float, right: float) -> bool:
    """Whether a loss of steep logits shows that tiny probabilities were met and dealt with."""
    return abs(loss) >= LARGE * (right >= LARGE) and abs(loss) < ABSURD


def require_loss(answer: Answer, loss: float, logits: np.ndarray, targets: np.ndarray) -> None:
    """A finite number that does not follow logits and targets is no loss."""
    lower = logits.copy()
    lower[0, targets[0]] -= 3.0
    again, worse = number(answer(logits, targets), "loss"), number(answer(lower, targets), "loss")
    if again != loss or abs(worse - loss) < 0.1:
        blocked("your loss is finite, but it does not follow the score of the target")


def compare_loss(answer: Answer, expected: Expected, logits: np.ndarray, targets: np.ndarray) -> None:
    """Below 8 nats the value must be right; beyond 15, a probability may have been kept from 0 by a small number."""
    got, right = answer(logits, targets), float(expected(logits, targets))
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got.item()
    if isinstance(got, bool) or not isinstance(got, int | float):
        wrong(f"your loss is {name_of(got)} where a number is asked for")
    fits = LARGE <= got <= right * 1.01 if right >= LARGE else abs(got - right) <= CLOSE * max(1.0, right)
    if not fits:
        shown = "logits {logits} and targets {targets}" if logits.size <= 6 else "logits of shape {shape}"
        wrong(
            f"for {shown} your loss is {{loss}}, and {{right}} is right",
            logits=logits,
            targets=targets,
            shape=list(logits.shape),
            loss=float(got),
            right=right,
        )
