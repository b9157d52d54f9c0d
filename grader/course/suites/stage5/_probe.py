"""What a function does with the scores of attention: measured from its weights, never from a solution.

Weights that come from a softmax are linear in the scores once a logarithm is taken and the mean along the
normalised axes is removed. The slope is the temperature, and the scores that fit say how K was turned.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.course.checks import Answer, CannotJudge, Rng, blocked
from grader.course.measure import RELATIVE_TOLERANCE, array, close, is_constant, pair, tolerance
from grader.student.faults import Raised

# (leading axes, queries, keys, d_k, d_v): all different but for the cubes, where wrong turns of K do not raise.
BATCH, SINGLE, HEADS = ((3,), 4, 5, 6, 7), ((), 5, 3, 11, 4), ((3, 2), 5, 4, 7, 6)
CUBE, SQUARE = ((4,), 3, 4, 4, 5), ((), 4, 5, 5, 3)
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

    def row_sum(self, row: Sequence[int]) -> float:
        return float(self.weights[tuple(row)].sum())


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
        blocked("your weights are all the same or below zero, so they do not show how they came about")
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
    axes = look.axes or (-1,)
    return fitted_slope(np.log(look.weights), scores, axes, look.slack)


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


def right_scores(q: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Every query with every key: [..., Tq, Tk]."""
    scores: np.ndarray = q @ np.swapaxes(k, -1, -2)
    return scores


def turned_scores(q: np.ndarray, k: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """The scores that come of wrong turns of K: its axes in any other order, or a reshape of them."""
    asked = (*k.shape[:-2], k.shape[-1], k.shape[-2])
    right = (*range(k.ndim - 2), k.ndim - 1, k.ndim - 2)
    for order in itertools.permutations(range(k.ndim)):
        if order == right:
            continue
        turned = k.transpose(order)
        how = "as it came" if order == tuple(range(k.ndim)) else f"with its axes in the order {list(order)}"
        if turned.shape != asked:
            how += f", cut anew into {list(asked)}"
        yield how, q @ turned.reshape(asked)
    yield f"cut anew into {list(asked)}, column by column", q @ np.reshape(k, asked, order="F")
    if q.shape == k.shape and k.shape[-1] == k.shape[-2]:
        yield "as it came, and q turned in its place", np.swapaxes(q, -1, -2) @ k


def wrong_turn(look: Look) -> str | None:
    """In words, which wrong turn of K the weights follow; None for the right one and for no known one."""
    if slope(look, right_scores(look.q, look.k)) is not None:
        return None
    for how, scores in turned_scores(look.q, look.k):
        found = slope(look, scores)
        if found is not None and found > 0:
            return how
    return None


def wrong_dot(result: Any, q: np.ndarray, k: np.ndarray) -> str | None:
    """In words, which wrong turn of K np.dot made weights with an axis too many of; None for any other result.

    np.dot sums over the last axis but one of its second factor.
    """
    scores = {order: np.dot(q, k.transpose(order)) for order in itertools.permutations(range(k.ndim))}
    try:
        raw = pair(result, ("output", "weights"))[1]
        weights = array(raw, next(iter(scores.values())).shape, "weights")
    except CannotJudge:
        return None
    if is_constant(weights) or not (weights > 0).all():
        return None
    summed = k.ndim - 1
    for order, dots in scores.items():
        found = fitted_slope(np.log(weights), dots, (-1,), tolerance(raw))
        if found is not None and found > 0:
            if order[-2] == summed:
                return None
            how = "as it came" if order == tuple(range(k.ndim)) else f"with its axes in the order {list(order)}"
            return (
                f"For k of shape {list(k.shape)}, your weights have shape {list(weights.shape)} and follow np.dot of "
                f"q and k {how}: its last axis is not summed over."
            )
    return None


def any_slope(look: Look) -> float | None:
    """The temperature as a factor on q·k, whichever way K was turned."""
    found = slope(look, right_scores(look.q, look.k))
    if found is not None:
        return found
    return next((s for _, scores in turned_scores(look.q, look.k) if (s := slope(look, scores)) is not None), None)


def chequered(rng: Rng, shape: tuple[int, ...]) -> np.ndarray:
    """A mask of 0 and -inf with something open and something closed along every axis, wherever one looks."""
    parity = sum(
        rng.permutation(n).reshape([-1 if a == i else 1 for i in range(len(shape))]) for a, n in enumerate(shape)
    )
    return np.where(np.asarray(parity) % 2 == 0, 0.0, -np.inf)


def require_attention(answer: Answer, look: Look) -> None:
    """Block the check unless the same question gets the same weights and another q other ones."""
    again = attend(answer, look.q, look.k, look.v)
    other = attend(answer, look.q[..., ::-1, :] * 0.5, look.k, look.v)
    if not close(again.weights, look.weights):
        blocked("your weights are others each time the same is asked")
    if close(other.weights, look.weights):
        blocked("your weights do not depend on q")


def removed(look: Look, mask: np.ndarray) -> np.ndarray:
    """The weights without a mask, with the blocked ones simply taken away."""
    visible = np.broadcast_to(mask == 0, look.weights.shape)
    return np.where(visible, look.weights, 0.0)


def shared_anew(weights: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """Weights made to sum to one again along the axes of the softmax: what a mask before it leads to."""
    sums = weights.sum(axis=axes, keepdims=True)
    result: np.ndarray = weights / np.where(sums == 0, 1.0, sums)
    return result


def same(got: np.ndarray, want: np.ndarray, slack: float) -> bool:
    """Whether two arrays of weights or outputs agree at the precision of the student's result."""
    return close(got, want, loosen=max(1.0, slack / RELATIVE_TOLERANCE))


def softmax_axis_name(axes: tuple[int, ...], ndim: int) -> str:
    """An axis for a sentence."""
    if len(axes) == ndim:
        return "all axes together"
    names: dict[Any, str] = {(-2,): "the queries (axis -2)", (-2, -1): "each whole matrix (the last two axes)"}
    return names.get(axes, f"axis {', '.join(map(str, axes))}")
