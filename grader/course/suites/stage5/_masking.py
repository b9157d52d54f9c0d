"""What a mask does to the weights of scaled_attention: every question is asked without it and with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from grader.course.checks import Answer, CannotJudge, Rng, blocked, mistake
from grader.course.suites.stage5._keys import scores_without_keepdims
from grader.course.suites.stage5._probe import (
    BATCH,
    CUBE,
    FLAT,
    FULL_CUBE,
    GONE,
    HEADS,
    SINGLE,
    SQUARE,
    Look,
    attend,
    inputs,
    place_of,
    right_scores,
    same,
    slope,
)
from grader.student.faults import Raised

Masked = tuple[Look, Look, np.ndarray]
# A weight below this is a mask's own number.
LOW = -1e3


def chequered(rng: Rng, shape: tuple[int, ...]) -> np.ndarray:
    """A mask of 0 and -inf with something open and something masked along every axis, wherever one looks."""
    parity = sum(
        rng.permutation(n).reshape([-1 if a == i else 1 for i in range(len(shape))]) for a, n in enumerate(shape)
    )
    return np.where(np.asarray(parity) % 2 == 0, 0.0, -np.inf)


def one_open(rng: Rng, shape: tuple[int, ...]) -> np.ndarray:
    """A mask of 0 and -inf that leaves one key open to each query, the first to some and the last to others."""
    rows, keys = int(np.prod(shape[:-1])), shape[-1]
    mask = np.full((rows, keys), -np.inf)
    mask[np.arange(rows), (np.arange(rows) + rng.integers(keys)) % keys] = 0.0
    return mask.reshape(shape)


def masked_looks(
    answer: Answer, rng: Rng, *, with_broadcast: bool = False, make: Callable[..., np.ndarray] = chequered
) -> Iterator[Masked]:
    """Each question without and with a mask. Shapes that raise are passed over as long as one does not."""
    plans = [(SINGLE, (5, 3)), (BATCH, (3, 4, 5))]
    plans += [(BATCH, (4, 5)), (HEADS, (3, 1, 1, 4))] if with_broadcast else []
    cubes = [(SQUARE, (4, 5)), (FLAT, (4, 4)), (CUBE, (4, 3, 4)), (FULL_CUBE, (4, 4, 4))]
    seen, faults, problems = 0, [], []
    while plans:
        shape, mask_shape = plans.pop(0)
        q, k, v = inputs(rng, shape, 1.0)
        mask = make(rng, mask_shape)
        try:
            yield attend(answer, q, k, v), attend(answer, q, k, v, mask), mask
            seen += 1
        except Raised as fault:
            faults.append(fault)
            plans, cubes = plans + cubes, []
        except CannotJudge as problem:
            problems.append(problem)
    if problems:
        raise problems[0]
    if not seen:
        raise faults[0]


def is_open(mask: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Which weights the mask leaves open, [..., Tq, Tk]."""
    return np.broadcast_to(mask == 0, weights.shape)


def on_masked(masked: Look, mask: np.ndarray) -> np.ndarray:
    """The weights of the masked keys, and 0 for the open ones."""
    return np.where(is_open(mask, masked.weights), 0.0, masked.weights)


def require_masked(masked: Look, mask: np.ndarray) -> None:
    """Block the check unless every masked key has lost its weight and no query has lost all of it."""
    left = on_masked(masked, mask)
    if not (np.isfinite(masked.weights).all() and np.isfinite(masked.output).all()):
        blocked("with the mask, some numbers of your result are not finite")
    if np.abs(left).max() > GONE:
        blocked("a masked key still has a weight of {weight}", weight=float(left.flat[np.abs(left).argmax()]))
    if (np.abs(masked.weights).sum(axis=-1) <= GONE).any():
        blocked("with the mask, a query has no weight left for any key")


def mask_is_ignored(free: Look, masked: Look, mask: np.ndarray) -> bool:
    """Whether the result is the one without a mask, or weights that follow q·k for masked keys as for others."""
    if not (np.isfinite(masked.output).all() and on_masked(masked, mask).max() > 1e-3):
        return False
    if same(masked.weights, free.weights, masked.slack):
        return same(masked.output, free.output, masked.slack)
    follow = (masked.weights > 0).all() and slope(masked, right_scores(masked.q, masked.k)) is not None
    return bool(follow and same(masked.output, masked.weights @ masked.v, masked.slack))


def redistributed(weights: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """Weights made to sum to one again along the axes of the softmax: what a mask before it leads to."""
    sums = weights.sum(axis=axes, keepdims=True)
    result: np.ndarray = weights / np.where(sums == 0, 1.0, sums)
    return result


def softmax_axes(free: Look) -> tuple[int, ...] | None:
    """The axes that the softmax ran over: those that sum to one, or the last where only keepdims is missing."""
    if free.axes is not None:
        return free.axes
    return None if scores_without_keepdims(free) is None else (-1,)


def require_redistributed(free: Look, masked: Look, mask: np.ndarray, axes: tuple[int, ...]) -> None:
    """Name 5.9 where the weight of the masked keys was dropped; block the check where it is not redistributed."""
    kept = np.where(is_open(mask, free.weights), free.weights, 0.0)
    asked = redistributed(kept, axes)
    sums = kept.sum(axis=-1)
    row = tuple(int(i) for i in np.unravel_index(sums.argmin(), sums.shape))
    before = float(free.weights[row].sum())
    on_open = np.where(is_open(mask, masked.weights), masked.weights, 0.0)
    if same(masked.weights, asked, masked.slack):
        return
    if same(on_open, kept, masked.slack) and (np.abs(on_masked(masked, mask)) <= GONE).all():
        mistake(
            "Row {row} of your weights sums to {free} without a mask and to {kept} with one: the weight of the masked "
            "keys was dropped, not redistributed.",
            row=place_of(row),
            free=before,
            kept=float(masked.weights[row].sum()),
        )
    if same(masked.weights, free.weights, masked.slack) and same(masked.output, kept @ free.v, masked.slack):
        mistake(
            "With the mask, your output for query {row} is made with weights that sum to {kept}, and with {free} "
            "without it: the weight of the masked keys was dropped, not redistributed.",
            row=place_of(row),
            free=before,
            kept=float(sums[row]),
        )
    blocked("with a mask, the weight of the masked keys is neither redistributed nor just dropped")


def is_turned_round(masked: Look, mask: np.ndarray) -> bool:
    """Whether in every row with both, the masked keys share the weight and the open ones get none."""
    opened = is_open(mask, masked.weights)
    both = opened.any(axis=-1) & ~opened.all(axis=-1)
    rows, visible = masked.weights[both], opened[both]
    return bool((np.abs(rows[visible]) <= GONE).all() and (rows[~visible] > GONE).all())


def not_a_number(masked: Look, mask: np.ndarray) -> tuple[int, ...] | None:
    """An open place that is NaN in a row with a masked key; None where there is none."""
    opened = is_open(mask, masked.weights)
    found = np.isnan(masked.weights) & opened & ~opened.all(axis=-1, keepdims=True)
    return tuple(int(i) for i in np.argwhere(found)[0]) if found.any() else None


def reached_masked_keys(free: Look, masked: Look, mask: np.ndarray) -> tuple[int, ...] | None:
    """A masked key whose weight is -inf or as low, or NaN where the open ones are as without a mask, if there is one.

    No softmax makes -inf. A NaN it does make, of a +inf among the scores, and then open keys have 0. What was divided
    by -inf afterwards is -0.
    """
    opened = is_open(mask, masked.weights)
    bad = ~np.isfinite(masked.weights) | (masked.weights < LOW)
    if (bad & opened).any() or not bad.any():
        return None
    left = masked.weights[opened]
    divided = bool((left == 0).all() and np.signbit(left).all())
    if (masked.weights < LOW).any() or divided or same(left, free.weights[opened], masked.slack):
        return tuple(int(i) for i in np.argwhere(bad)[0])
    return None


def require_no_infinity(free: Look, masked: Look, mask: np.ndarray) -> None:
    """Name 5.9 where the mask's -inf stands among the weights; block the check where it is not clear how it came."""
    place = reached_masked_keys(free, masked, mask)
    if place is not None:
        mistake(
            "With the mask, your weight of query {query} and masked key {key} is {weight}, where softmax would give 0. "
            "The weights of the open keys are finite.",
            query=place_of(place[:-1]),
            key=place[-1],
            weight=float(masked.weights[place]),
        )
    if not np.isfinite(masked.weights).all():
        blocked("with a mask, some of your weights are not finite")
    if np.isinf(masked.output).any() and same(masked.weights, free.weights, masked.slack):
        index = tuple(int(i) for i in np.argwhere(np.isinf(masked.output))[0])
        mistake(
            "With the mask, your output at {index} is {value}, though the weights that you return are finite and the "
            "same as without it.",
            index=index,
            value=float(masked.output[index]),
        )
    if not np.isfinite(masked.output).all():
        blocked("with a mask, some numbers of your output are not finite")
