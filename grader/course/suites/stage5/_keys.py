"""Which transpose of K the weights follow: the right one, another order of the axes, or a reshape."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.course.checks import CannotJudge
from grader.course.measure import array, is_constant, pair, tolerance
from grader.course.suites.stage5._probe import Look, fitted_slope, right_scores, slope, slope_without_keepdims


def transposed_scores(q: np.ndarray, k: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """The scores of wrong transposes of K: its axes in any other order, or a reshape of them."""
    asked = (*k.shape[:-2], k.shape[-1], k.shape[-2])
    right = (*range(k.ndim - 2), k.ndim - 1, k.ndim - 2)
    for order in itertools.permutations(range(k.ndim)):
        if order == right:
            continue
        transposed = k.transpose(order)
        how = axes_text(order)
        if transposed.shape != asked:
            how += f", reshaped to {list(asked)}"
        yield how, q @ transposed.reshape(asked)
    yield f"k reshaped to {list(asked)} in column order", q @ np.reshape(k, asked, order="F")
    if q.shape == k.shape and k.shape[-1] == k.shape[-2]:
        yield "k not transposed, and q transposed in its place", np.swapaxes(q, -1, -2) @ k


def axes_text(order: tuple[int, ...]) -> str:
    """An order of the axes of k, for a sentence."""
    return "k not transposed" if order == tuple(range(len(order))) else f"the axes of k in the order {list(order)}"


def wrong_transpose(look: Look) -> str | None:
    """In words, which wrong transpose of K the weights follow; None for the right one and for no known one."""
    if slope(look, right_scores(look.q, look.k)) is not None:
        return None
    for how, scores in transposed_scores(look.q, look.k):
        found = slope(look, scores)
        if found is not None and found > 0:
            return how
    return None


def wrong_dot(result: Any, q: np.ndarray, k: np.ndarray) -> tuple[str, dict[str, Any]] | None:
    """In words, with which wrong transpose of K np.dot made weights of an axis too many; None for any other result.

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
            how = axes_text(order)
            return (
                f"For k of shape {{k_shape}}, your weights have shape {{shape}} and follow np.dot(q, k) with {how}: "
                "the sum does not run over the last axis of k.",
                {"k_shape": k.shape, "shape": weights.shape},
            )
    return None


def any_slope(look: Look) -> float | None:
    """The temperature as a factor on q·k, whichever way K was transposed."""
    found = slope(look, right_scores(look.q, look.k))
    if found is not None:
        return found
    return next((s for _, scores in transposed_scores(look.q, look.k) if (s := slope(look, scores)) is not None), None)


def scores_without_keepdims(look: Look) -> np.ndarray | None:
    """The scores, as they went into the softmax, of weights whose sums lost their axis; None for any other weights."""
    for scores in (right_scores(look.q, look.k), *(turned for _, turned in transposed_scores(look.q, look.k))):
        found = slope_without_keepdims(look, scores)
        if found is not None:
            return found * scores
    return None
