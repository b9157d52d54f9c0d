"""The weights of causal self-attention, read back from its output.

With at least as many features as tokens, output = weights @ values has one solution for the weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from grader.course.checks import Answer, CannotJudge, Rng, blocked
from grader.course.measure import array, close, tolerance
from grader.course.suites.stage5._probe import fitted_slope
from grader.student.faults import Raised

# (batch, tokens, D, d_k): all different, and d_k large enough to read the weights back.
SIZES = ((3, 4, 7, 6), (1, 5, 8, 11), (4, 3, 6, 5))
NEAR_TIE = 0.02
ALL, LAST, BUT_LAST = slice(None), slice(-1, None), slice(0, -1)
_Seen = TypeVar("_Seen")


@dataclass(frozen=True)
class Asked:
    """One question and the output [B, T, d_k], finite or not."""

    args: tuple[np.ndarray, ...]
    output: np.ndarray
    slack: float


@dataclass(frozen=True)
class Read:
    """The weights [B, rows, T] that an output shows, and the scores q·k that they should come from."""

    weights: np.ndarray
    scores: np.ndarray
    d_k: int
    slack: float

    @property
    def length(self) -> int:
        return int(self.weights.shape[-1])

    @property
    def later(self) -> np.ndarray:
        """Which weights belong to later keys, [rows, T]; the first rows are there, the last need not be."""
        return np.triu(np.ones(self.weights.shape[1:], dtype=bool), k=1)

    @property
    def future(self) -> np.ndarray:
        """The weights on later keys, [B, pairs]."""
        found: np.ndarray = self.weights[:, self.later]
        return found

    @property
    def noise(self) -> float:
        """The weight that a later key may seem to have: what reading weights back makes of rounded outputs."""
        return 10 * self.slack if self.slack < 1e-3 else 0.05 * float(np.abs(self.weights).max())

    @property
    def slope(self) -> float | None:
        """How fast the log-weights of the last row, which sees every key, change with q·k."""
        return follows(self.weights[:, -1:], self.scores[:, -1:], (-1,), self.slack)


def inputs(rng: Rng, size: tuple[int, int, int, int], largest: float = 2.0) -> tuple[np.ndarray, ...]:
    """x and three projections, with dot products q·k from -largest to largest."""
    batch, length, d_model, d_k = size
    x = rng.normal(size=(batch, length, d_model))
    w_q, w_k, w_v = (rng.normal(size=(d_model, d_k)) for _ in range(3))
    top = math.sqrt(largest / np.abs((x @ w_q) @ (x @ w_k).swapaxes(-1, -2)).max())
    return x, w_q * top, w_k * top, w_v


def spread_inputs(rng: Rng, size: tuple[int, int, int, int]) -> tuple[np.ndarray, ...]:
    """Inputs whose values are far from alike, so that weights can be read back at any precision."""
    while True:
        x, w_q, w_k, w_v = inputs(rng, size)
        if np.linalg.cond(x @ w_v).max() < 12:
            return x, w_q, w_k, w_v


def outputs(answer: Answer, rng: Rng) -> Iterator[Asked]:
    """The output for each size, finite or not; raises a fault only if nothing else can be said."""
    return _each(rng, lambda args: ask(answer, args))


def reads(answer: Answer, rng: Rng, rows: slice = ALL) -> Iterator[Read]:
    """The weights behind some rows of the output for each size; raises a fault only if nothing else can be said."""
    return _each(rng, lambda args: read_back(ask(answer, args), rows))


def _each(rng: Rng, see: Callable[[tuple[np.ndarray, ...]], _Seen]) -> Iterator[_Seen]:
    problems: list[Exception] = []
    for size in SIZES:
        args = spread_inputs(rng, size)
        try:
            yield see(args)
        except (Raised, CannotJudge) as problem:
            problems.append(problem)
    if problems:
        raise problems[0]


def ask(answer: Answer, args: tuple[np.ndarray, ...]) -> Asked:
    """One question; blocks the check where the output has another shape."""
    raw = answer(*args)
    x, w_v = args[0], args[3]
    return Asked(args, array(raw, (*x.shape[:-1], w_v.shape[-1]), "output", finite=False), tolerance(raw))


def read_back(asked: Asked, rows: slice) -> Read:
    """The weights of some rows for which output = weights @ values; blocks the check where there are none."""
    x, w_q, w_k, w_v = asked.args
    output, values = array(asked.output[:, rows], name="output"), x @ w_v
    weights = output @ np.linalg.pinv(values)
    if not close(weights @ values, output, loosen=asked.slack / 1e-4):
        blocked("your output is not a mix of the values x @ w_v of its own sequence")
    scores = ((x @ w_q) @ (x @ w_k).swapaxes(-1, -2))[:, rows]
    return Read(weights, scores, w_q.shape[-1], asked.slack)


def follows(weights: np.ndarray, scores: np.ndarray, axes: tuple[int, ...], slack: float) -> float | None:
    """The slope of log-weights against scores, if they follow them."""
    if not (weights > 1e-9).all():
        return None
    return fitted_slope(np.log(weights), scores, axes, slack)


def sees_all(read: Read) -> bool:
    """Whether the weights are those of attention without a mask, at any temperature and over any axis."""
    return any(follows(read.weights, read.scores, (axis,), read.slack) is not None for axis in (-1, -2, 0))


def shares_out(read: Read) -> bool:
    """Whether each position shares out one whole, to itself as well as to later positions."""
    sums = np.abs(read.weights.sum(axis=-1) - 1).max() <= 10 * read.slack
    positive = (read.weights > -10 * read.slack).all()
    return bool(sums and positive and read.slope is not None and not is_turned_round(read))


def is_turned_round(read: Read) -> bool:
    """Whether in all rows but the last the later keys share the weight, and the open ones get none.

    The weight that a position gives to several later keys has to follow q·k: else it is no softmax over them. Where
    their scores are nearly the same, no slope is seen.
    """
    early, later, scores = read.weights[:, : read.length - 1], read.later[: read.length - 1], read.scores
    if np.abs(early[:, ~later]).max() > read.noise or early[:, later].min() <= read.noise:
        return False
    logs = np.log(np.where(later, early, 1.0))
    slopes = [
        fitted_slope(logs[:, row, row + 1 :], scores[:, row, row + 1 :], (-1,), read.slack)
        for row in range(read.length - 2)
        if np.ptp(scores[:, row, row + 1 :], axis=-1).max() > NEAR_TIE
    ]
    return all(found is not None and found > 0 for found in slopes)


def require_masked(read: Read) -> None:
    """Block the check unless later keys get no weight, and the weights of the past are there and differ."""
    if np.abs(read.future).max() > read.noise:
        blocked("your outputs take from later positions, so it cannot be seen what the mask does")
    require_lively(read)


def require_lively(read: Read) -> None:
    """Block the check unless the weights of the past are there and differ: then they show something."""
    last = read.weights[:, -1]
    if last.min() < 1e-3 or np.ptp(last) < 1e-3:
        blocked("your last position does not share its weight among all positions before it, so it shows nothing")
