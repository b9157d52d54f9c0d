"""What a function does with the scores of attention: measured from its weights, never from a solution.

Weights that come from a softmax are linear in the scores once a logarithm is taken and the mean along the
normalised axes is removed. The slope is the temperature, and the scores that fit say how K was transposed.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.course.checks import Answer, CannotJudge, Rng, blocked
from grader.course.measure import RELATIVE_TOLERANCE, array, close, is_constant, pair, tolerance
from grader.student.faults import Raised

# (leading axes, queries, keys, d_k, d_v): all different but for the cubes and squares, where wrong transposes
# of K do not raise, nor a sum that lost its axis.
BATCH, SINGLE, HEADS = ((3,), 4, 5, 6, 7), ((), 5, 3, 11, 4), ((3, 2), 5, 4, 7, 6)
CUBE, SQUARE = ((4,), 3, 4, 4, 5), ((), 4, 5, 5, 3)
FLAT, BATCH_OF_ONE = ((), 4, 4, 6, 3), ((1,), 4, 4, 7, 3)
FULL_CUBE, FULL_CUBE_OF_HEADS = ((4,), 4, 4, 4, 4), ((3, 3), 3, 3, 3, 3)
Shape = tuple[tuple[int, ...], int, int, int, int]
GONE = 1e-6


@dataclass(frozen=True)
class Look:
    """One answer of an attention function: what it was asked, and its weights [..., Tq, Tk]."""

    q: np.ndarray
    k: np.ndarray
    v: np.ndarray
    output: np.ndarray
    weights: np.ndarray
    slack: float

    @property
    def axes(self) -> tuple[int, ...] | None:
        return normalised_axes(self.weights, self.slack)


def inputs(rng: Rng, shape: Shape, size: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """q, k and v of a shape, with dot products q·k from -size to size."""
    lead, n_q, n_k, d_k, d_v = shape
    q, k = rng.normal(size=(*lead, n_q, d_k)), rng.normal(size=(*lead, n_k, d_k))
    largest = np.abs(q @ np.swapaxes(k, -1, -2)).max()
    return q * math.sqrt(size / largest), k * math.sqrt(size / largest), rng.normal(size=(*lead, n_k, d_v))


def attend(answer: Answer, q: np.ndarray, k: np.ndarray, v: np.ndarray, *mask: np.ndarray) -> Look:
    """Ask a scaled_attention; blocks the check where there are no weights to look at."""
    output, weights = pair(answer(q, k, v, *mask), ("output", "weights"))
    found = array(weights, (*q.shape[:-1], k.shape[-2]), "weights", finite=not mask)
    mixed = array(output, (*q.shape[:-1], v.shape[-1]), "output", finite=not mask)
    if not mask and (is_constant(found) or (found < -GONE).any()):
        blocked("your weights are all the same or negative, so they do not show how you computed them")
    return Look(q, k, v, mixed, found, tolerance(weights))


def looks(answer: Answer, rng: Rng, shapes: Iterable[Shape], size: float = 3.0) -> Iterator[Look]:
    """Weights without a mask for each shape; what raises or cannot be judged counts only at the end.

    Raises the first fault if nothing could be seen at all, and blocks if anything could not be judged.
    """
    seen, faults, problems = 0, [], []
    for shape in shapes:
        try:
            yield attend(answer, *inputs(rng, shape, size))
            seen += 1
        except Raised as fault:
            faults.append(fault)
        except CannotJudge as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
    if not seen:
        raise faults[0]


def normalised_axes(weights: np.ndarray, slack: float) -> tuple[int, ...] | None:
    """The axes along which weights sum to one, the last one first of all; None if there are none."""
    ndim = weights.ndim
    choices = [(-1,)] + [
        axes for n in range(1, ndim + 1) for axes in itertools.combinations(range(-ndim, 0), n) if axes != (-1,)
    ]
    for axes in choices:
        if np.abs(weights.sum(axis=axes) - 1).max() <= 10 * slack:
            return axes
    return None


def slope(look: Look, scores: np.ndarray) -> float | None:
    """How fast log-weights change with the scores; None where they do not follow them."""
    if not (look.weights > 0).all():
        return None
    axes = look.axes
    if axes is None and (found := slope_without_keepdims(look, scores)) is not None:
        return found
    return fitted_slope(np.log(look.weights), scores, axes or (-1,), look.slack)


def fitted_slope(
    logs: np.ndarray, scores: np.ndarray, axes: tuple[int, ...], slack: float = RELATIVE_TOLERANCE
) -> float | None:
    """The factor between two arrays once their means along `axes` are removed; None if there is no one factor."""
    mine, wanted = logs - logs.mean(axes, keepdims=True), scores - scores.mean(axes, keepdims=True)
    factor = float((mine * wanted).sum() / (wanted * wanted).sum())
    spread = float(np.sqrt((mine * mine).sum()))
    off = float(np.sqrt(((mine - factor * wanted) ** 2).sum()))
    # Half precision holds weights to a part in a thousand, and the fit is of their logarithms.
    allowed = 0.01 if slack <= RELATIVE_TOLERANCE else 0.05
    return factor if spread > 1e-3 and off <= allowed * spread else None


def slope_without_keepdims(look: Look, scores: np.ndarray) -> float | None:
    """The slope where each weight was divided by the sum of the row that is numbered like its key; None elsewhere.

    Without keepdims the sums of the rows [Tq] are laid over the columns of a square [Tq, Tk].
    """
    n_q, n_k = look.weights.shape[-2:]
    if n_q != n_k or n_q < 2 or look.weights.size != n_q * n_k or not (look.weights > 0).all():
        return None
    logs, wanted = (values - values.mean(axis=-2, keepdims=True) for values in (np.log(look.weights), scores))
    found = fitted_slope(logs, wanted, (-1,), look.slack)
    if found is None or found <= 0:
        return None
    return (
        found if any(same(look.weights, made, look.slack) for made in made_without_keepdims(found * scores)) else None
    )


def made_without_keepdims(scores: np.ndarray) -> Iterator[np.ndarray]:
    """Weights [..., T, T] of scores where the sum lost its axis: without a shift, and with each row's own maximum."""
    tops = scores.max(axis=-1, keepdims=True)
    sums = np.exp(scores - tops).sum(axis=-1, keepdims=True)
    yield np.exp(scores - np.swapaxes(tops + np.log(sums), -1, -2))
    yield np.exp(scores - tops) / np.swapaxes(sums, -1, -2)


def right_scores(q: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Every query with every key: [..., Tq, Tk]."""
    scores: np.ndarray = q @ np.swapaxes(k, -1, -2)
    return scores


def require_attention(answer: Answer, look: Look) -> None:
    """Block the check unless the same question gets the same weights and another q other ones."""
    again = attend(answer, look.q, look.k, look.v)
    other = attend(answer, look.q[..., ::-1, :] * 0.5, look.k, look.v)
    if not close(again.weights, look.weights):
        blocked("the same inputs give different weights on each call")
    if close(other.weights, look.weights):
        blocked("your weights do not depend on q")


def same(got: np.ndarray, want: np.ndarray, slack: float) -> bool:
    """Whether two arrays of weights or outputs agree at the precision of the student's result."""
    return close(got, want, loosen=max(1.0, slack / RELATIVE_TOLERANCE))


def softmax_axis_name(axes: tuple[int, ...], ndim: int) -> str:
    """An axis for a sentence."""
    if len(axes) == ndim:
        return "all axes together"
    names: dict[Any, str] = {(-2,): "the queries (axis -2)", (-2, -1): "each whole matrix (the last two axes)"}
    return names.get(axes, f"axis {', '.join(map(str, axes))}")


def place_of(index: tuple[int, ...]) -> int | list[int]:
    """A query for a sentence: its number, or its place where there is a batch."""
    return int(index[0]) if len(index) == 1 else [int(i) for i in index]
