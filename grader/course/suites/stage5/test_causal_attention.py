"""Causal self-attention: its weights are read back from the output, and say where the future went.

With at least as many features as tokens, output = weights @ values has one solution for the weights.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grader.course.checks import Answer, CannotJudge, Expected, Rng, blocked, general, mistake, shows
from grader.course.measure import array, close, softmax, times, tolerance
from grader.course.suites.stage5._probe import fitted_slope
from grader.student.faults import Raised

EXERCISE = "causal_self_attention"
# (batch, tokens, D, d_k): all different, and d_k large enough to read the weights back.
ALL, LAST = slice(None), slice(-1, None)
SIZES = ((3, 4, 7, 6), (1, 5, 8, 11), (4, 3, 6, 5))


@dataclass(frozen=True)
class Read:
    """The weights [B, T, T] that an output shows, and the scores q·k that they should come from."""

    weights: np.ndarray
    scores: np.ndarray
    d_k: int
    slack: float

    @property
    def length(self) -> int:
        return int(self.weights.shape[-1])

    @property
    def future(self) -> np.ndarray:
        """The weights on later keys, [B, pairs]."""
        found: np.ndarray = self.weights[:, *np.triu_indices(self.length, k=1)]
        return found

    @property
    def noise(self) -> float:
        """The weight that a later key may seem to have: what reading weights back makes of rounded outputs."""
        return 10 * self.slack if self.slack < 1e-3 else 0.05 * float(np.abs(self.weights).max())

    @property
    def slope(self) -> float | None:
        """How fast the log-weights of the last row, which sees every key, change with q·k."""
        return follows(self.weights[:, -1:], self.scores[:, -1:], (-1,), self.slack)


@shows("5.1", EXERCISE)
def test_no_position_sees_a_later_one(answer: Answer, rng: Rng) -> None:
    """Change the last token only: which outputs may move?"""
    for read in reads(answer, rng):
        leak = np.abs(read.future).max()
        if leak > read.noise and (sees_all(read) or shares_out(read)):
            _, query, key = (int(i) for i in np.argwhere(np.triu(np.abs(read.weights), k=1) >= leak)[0])
            mistake(
                f"Your output at position {query} holds a share of {leak:.2f} of the value at position {key}, "
                f"which comes later."
            )
        if leak > read.noise:
            blocked("your outputs take from later positions, but not as unmasked attention does")
        require_lively(read)


@shows("5.2", EXERCISE)
def test_scores_are_divided_by_the_root_of_d_k(answer: Answer, rng: Rng) -> None:
    """Which of D, T and d_k is the length of the vectors that are multiplied?"""
    for read in reads(answer, rng, LAST):
        found = read.slope
        if found is None or found <= 0:
            blocked("the weights in your last row do not follow q·k, so their temperature cannot be read")
        factor = found * math.sqrt(read.d_k)
        if abs(factor - 1) > (0.02 if read.slack < 1e-3 else 0.08):
            mistake(
                f"With d_k = {read.d_k}, the log-weights of your last position change {times(factor)} as fast with "
                f"q·k as 1/√d_k allows: scores are divided by {1 / found:.3g}, not by {math.sqrt(read.d_k):.3g}."
            )


@shows("5.9", EXERCISE)
def test_mask_comes_before_the_softmax(answer: Answer, rng: Rng) -> None:
    """What must the softmax see for a later key to get nothing?"""
    for read in reads(answer, rng, broken=True):
        if read.future.min() < -1e3:
            mistake(
                f"A later position has a weight of {read.future.min():.3g} in your output. Softmax gives no such "
                f"number: the mask itself is among the weights."
            )
        lower = np.tril(np.ones((read.length, read.length)))
        if read.slope is None:
            blocked("the weights in your last row do not follow q·k, so the others cannot be judged")
        full = softmax(read.scores * read.slope)
        taken = full * lower
        before = taken / taken.sum(axis=-1, keepdims=True)
        slack = 0.02 if read.slack < 1e-3 else 0.05
        if np.abs(read.weights - taken).max() <= slack * np.abs(taken - before).max():
            row = int(np.argmin(read.weights[0].sum(axis=-1)))
            mistake(
                f"The weights of position {row} sum to {read.weights[0, row].sum():.2f}, those of the last one to "
                f"{read.weights[0, -1].sum():.2f}: what later keys had was taken away after it was shared out."
            )
        if np.abs(read.weights - before).max() > slack * np.abs(taken - before).max():
            blocked("your weights are neither shared out among the visible keys nor just taken away")


@general(EXERCISE)
def test_self_attention_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Work it out for two tokens by hand: what does each make of the first, and of itself?"""
    for size in ((1, 1, 1, 1), (1, 2, 2, 1), (1, 2, 2, 2), (2, 3, 4, 2), (4, 4, 4, 4), (3, 6, 5, 3), (1, 70, 4, 3)):
        expected.compare(answer, *inputs(rng, size))
    expected.compare(answer, *inputs(rng, (2, 5, 6, 16), 60.0))
    expected.compare(answer, *(part.astype(np.float32) for part in inputs(rng, (2, 5, 4, 3))))
    expected.compare(answer, *inputs(rng, (1, 2, 2, 2)))


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


def reads(answer: Answer, rng: Rng, rows: slice = ALL, broken: bool = False) -> Iterator[Read]:
    """The weights behind the output for each size; raises a fault only if nothing else can be said.

    Where the output may be `broken`, numbers that are not finite name the mistake of a mask after the softmax.
    """
    problems: list[Exception] = []
    for size in SIZES:
        args = spread_inputs(rng, size)
        try:
            yield read_back(answer, args, rows, broken)
        except (Raised, CannotJudge) as problem:
            problems.append(problem)
    if problems:
        raise problems[0]


def read_back(answer: Answer, args: tuple[np.ndarray, ...], rows: slice, broken: bool) -> Read:
    """The weights of some rows for which output = weights @ values; blocks the check where there are none."""
    x, w_q, w_k, w_v = args
    values = x @ w_v
    raw = answer(*args)
    output = array(raw, values.shape, "output", finite=False)[:, rows]
    if not broken:
        array(output, name="output")
    if not np.isfinite(output).all():
        index = tuple(int(i) for i in np.argwhere(~np.isfinite(output))[0])
        mistake(f"Your output at {list(index)} is {output[index]}: the mask's -inf or a NaN reached the weights.")
    weights = output @ np.linalg.pinv(values)
    if not close(weights @ values, output, loosen=tolerance(raw) / 1e-4):
        blocked("your output is no mix of the values x @ w_v of its own sequence")
    scores = ((x @ w_q) @ (x @ w_k).swapaxes(-1, -2))[:, rows]
    return Read(weights, scores, w_q.shape[-1], tolerance(raw))


def follows(weights: np.ndarray, scores: np.ndarray, axes: tuple[int, ...], slack: float) -> float | None:
    """The slope of log-weights against scores, if they follow them."""
    if not (weights > 1e-9).all():
        return None
    return fitted_slope(np.log(weights), scores, axes, slack)


def sees_all(read: Read) -> bool:
    """Whether the weights are those of attention without a mask, at any temperature and over any axis."""
    return any(follows(read.weights, read.scores, (axis,), read.slack) is not None for axis in (-1, -2, 0))


def shares_out(read: Read) -> bool:
    """Whether each position shares out one whole, later positions included."""
    sums = np.abs(read.weights.sum(axis=-1) - 1).max() <= 10 * read.slack
    return bool(sums and (read.weights > -10 * read.slack).all() and read.slope is not None)


def require_lively(read: Read) -> None:
    """Block the check unless the weights of the past are there and differ: then they show something."""
    last = read.weights[:, -1]
    if last.min() < 1e-3 or np.ptp(last) < 1e-3:
        blocked("your last position does not share out its weights to all before it, so they show nothing")
