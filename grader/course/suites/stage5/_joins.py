"""What became of heads that were not put side by side: mixed into one, dropped, or left apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.course.measure import RELATIVE_TOLERANCE, close


def lost(got: np.ndarray, heads: np.ndarray, slack: float) -> tuple[str, dict[str, Any]] | None:
    """How a result shows that heads were mixed into one, dropped or left apart, with the numbers of the sentence."""
    count, width = heads.shape[1], heads.shape[3]
    numbers = np.sort(heads.ravel())
    if got.size == heads.size and np.array_equal(np.sort(got.ravel()), numbers):
        apart = got.shape[-1] == width or (got.ndim > 3 and count * width not in got.shape)
        return ("still has each head by itself, {width:feature} wide", {"width": width}) if apart else None
    for name, mixed in mixtures(heads):
        for value in (mixed, np.tile(mixed, count), np.repeat(mixed, count, axis=-1), padded(mixed, count)):
            if got.shape == value.shape and close(got, value, loosen=slack / RELATIVE_TOLERANCE):
                return f"is the {name} of the {{n_heads:head}}", {"n_heads": count}
    if got.size and np.isin(got, np.append(numbers, 0)).all() and got.any():
        missing = [h for h in range(count) if not np.isin(heads[:, h], got).all()]
        if 0 < len(missing) < count:
            which = "head {missing}" if len(missing) == 1 else "the heads {missing}"
            return f"lacks numbers of {which}", {"missing": missing[0] if len(missing) == 1 else missing}
    return None


def mixtures(heads: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """All heads made into one."""
    yield "sum", heads.sum(axis=1)
    yield "mean", heads.mean(axis=1)
    yield "sum, divided by the root of their number,", heads.sum(axis=1) / np.sqrt(heads.shape[1])
    yield "largest", heads.max(axis=1)
    yield "smallest", heads.min(axis=1)
    yield "product", heads.prod(axis=1)


def padded(mixed: np.ndarray, count: int) -> np.ndarray:
    """One head's features, and zeros in the places of the others."""
    return np.concatenate([mixed, np.zeros((*mixed.shape[:-1], mixed.shape[-1] * (count - 1)))], axis=-1)
