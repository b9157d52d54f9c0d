"""What explains all wrong results of a function at once: a pattern that holds in every case that was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.course.measure import close
from grader.course.patterns import ANY, PATTERNS, Key, Pattern

Pair = tuple[np.ndarray, np.ndarray]
MOST_NUMBERS = 20_000


@dataclass(frozen=True)
class Explanation:
    """A pattern that holds: in words, and in which of the pairs it can be told from others."""

    text: str
    telling: tuple[int, ...]


def explain(pairs: Sequence[Pair], wrong: Sequence[int]) -> Explanation | None:
    """The simplest pattern that holds in all pairs (result, right one) and shows in one of the `wrong` ones.

    Pairs must be arrays of real numbers. None where nothing simple holds.
    """
    if any(got.size > MOST_NUMBERS or not _is_finite(got) or not _is_finite(want) for got, want in pairs):
        return None
    exact = [(got.astype(np.float64), want.astype(np.float64)) for got, want in pairs]
    for pattern in PATTERNS:
        telling = tuple(n for n in wrong if pattern.tells(exact[n][1]))
        # The wrong pairs first: most patterns end there.
        order = [*telling, *(n for n in range(len(pairs)) if n not in telling)]
        key = _common(pattern, [exact[n] for n in order]) if telling else None
        if key is not None:
            return Explanation(pattern.text(key), telling)
    whole = tuple(n for n in wrong if pairs[n][0].dtype.kind in "iub")
    if len(whole) == len(wrong) and all(_is_truncated(*pair) for pair in exact):
        kind = pairs[whole[0]][0].dtype
        return Explanation(f"It holds whole numbers only (dtype {kind}): the decimals are lost", whole)
    return None


def _is_finite(values: np.ndarray) -> bool:
    return bool(np.isfinite(values).all())


def _common(pattern: Pattern, pairs: Sequence[Pair]) -> Key | None:
    """A key under which the pattern explains all pairs."""
    left: list[Key] = [key for key in pattern.keys(*pairs[0]) if key is not ANY]
    for got, want in pairs[1:]:
        if not left:
            return None
        found = list(pattern.keys(got, want))
        if not any(other is ANY for other in found):
            left = [key for key in left if any(_is_same(key, other) for other in found)]
    return left[0] if left else None


def _is_same(key: Key, other: Key) -> bool:
    return close(key, other) if isinstance(key, float) and isinstance(other, float) else bool(key == other)


def _is_truncated(got: np.ndarray, want: np.ndarray) -> bool:
    if got.shape != want.shape:
        return False
    return close(got, np.trunc(want)) or close(got, np.floor(want)) or close(got, want)
