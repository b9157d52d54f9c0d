"""Simple ways in which wrong results come of the right ones: said only where one holds in every case that was asked.

A pattern looks at a result and the right one and gives the keys (a factor, an order of axes …) under which it explains
the pair. It holds if one key is common to all pairs, those that are right included.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.course.measure import close
from grader.course.numbers import count, shown, times

Key = Any
# The key of a pair that any key explains.
ANY = object()
MOST_AXES = 4
# Fewer numbers than this have a factor and a shift by chance.
ENOUGH = 3


@dataclass(frozen=True)
class Pattern:
    """`keys` of a pair; `text` of a key; `tells` says whether a wrong pair can tell this pattern from another."""

    keys: Callable[[np.ndarray, np.ndarray], Iterable[Key]]
    text: Callable[[Key], str]
    tells: Callable[[np.ndarray], bool] = lambda want: want.size >= ENOUGH and bool(np.ptp(want) > 0)


def _factor(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    if got.shape != want.shape:
        return
    norm = float((want * want).sum())
    if not norm:
        yield from [ANY] if not got.any() else []
        return
    factor = float((got * want).sum()) / norm
    if factor and close(got, factor * want):
        yield factor


def _shift(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    if got.shape == want.shape and got.size:
        shift = float((got - want).mean())
        if abs(shift) > 1e-9 and close(got, want + shift):
            yield shift


def _negated(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    if got.shape == want.shape and close(got, -want):
        yield True


def _rounded(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    if got.shape == want.shape:
        for digits in range(4):
            # What stands just between two may fall to either side.
            if (np.abs(got - np.round(got, digits)) < 1e-6).all() and (
                np.abs(got - want) <= 0.5 * 10.0**-digits + 1e-6
            ).all():
                yield digits


def _absolute(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    if got.shape == want.shape and close(got, np.abs(want)):
        yield True


def _clipped(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    """Cut off at one bound, below or above: (side, bound)."""
    if got.shape != want.shape or not got.size:
        return
    low, high = float(got.min()), float(got.max())
    if close(got, np.maximum(want, low)):
        yield from [("below", low)] if want.min() < low - 1e-6 else [ANY]
    if close(got, np.minimum(want, high)):
        yield from [("above", high)] if want.max() > high + 1e-6 else [ANY]


def _axis_order(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    if got.ndim != want.ndim or not 2 <= got.ndim <= MOST_AXES:
        return
    for order in itertools.permutations(range(got.ndim)):
        moved = got.transpose(order)
        if order != tuple(range(got.ndim)) and moved.shape == want.shape and close(moved, want):
            yield order


def _squeezed(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    """Axes of length one that are lost (-1) or left over (1)."""
    if got.size != want.size or [n for n in got.shape if n > 1] != [n for n in want.shape if n > 1]:
        return
    if close(got.reshape(want.shape), want):
        yield from [ANY] if got.ndim == want.ndim else [1 if got.ndim > want.ndim else -1]


def _turned(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    if got.shape == want.shape:
        yield from (axis for axis in range(want.ndim) if close(got, np.flip(want, axis)))


def _rolled(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    if got.shape == want.shape:
        for axis, by in itertools.product(range(want.ndim), (1, -1)):
            if close(got, np.roll(want, by, axis)):
                yield axis, by


def _only_at_an_end(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    """Right but for the first or the last index of one axis: (axis, 0 or -1)."""
    if got.shape != want.shape:
        return
    for axis, end in itertools.product(range(want.ndim), (0, -1)):
        rest = [slice(None)] * want.ndim
        rest[axis] = slice(1, None) if end == 0 else slice(None, -1)
        # A single number alone must be right: the scale of both is that of the whole.
        mended = want.copy()
        mended[tuple(rest)] = got[tuple(rest)]
        if want.shape[axis] and close(mended, want):
            yield axis, end


def _shuffled(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    if got.size == want.size and close(np.sort(got, axis=None), np.sort(want, axis=None)):
        yield True


def _constant(got: np.ndarray, want: np.ndarray) -> Iterable[Key]:
    if got.size and np.ptp(got) == 0:
        yield True


def _is_uneven(want: np.ndarray) -> bool:
    """Whether no two axes are equally long and none has length one, so that orders of axes can be told apart."""
    return min(want.shape, default=0) > 1 and len(set(want.shape)) == want.ndim > 1


def _has_long_axes(want: np.ndarray) -> bool:
    return bool(min(want.shape, default=0) > 1 and np.ptp(want) > 0 and max(want.shape) >= ENOUGH)


def _has_room(want: np.ndarray) -> bool:
    return want.ndim > 0 and min(want.shape) >= ENOUGH


def _shift_text(shift: float) -> str:
    return f"Every number is {shown(abs(shift))} too {'large' if shift > 0 else 'small'}"


def _rounded_text(digits: int) -> str:
    return f"All your numbers are rounded to {count(digits, 'decimal') if digits else 'whole numbers'}"


def _clipped_text(key: tuple[str, float]) -> str:
    side, bound = key
    return f"Every number {side} {shown(bound)} became {shown(bound)}"


def _squeezed_text(key: int) -> str:
    return f"The numbers are right, but an axis of length 1 is {'left over' if key > 0 else 'lost'}"


def _order_text(order: tuple[int, ...]) -> str:
    if len(order) == 2:
        return "The numbers are right with the two axes swapped"
    return f"The numbers are right if you transpose your result to {shown(list(order))}"


def _end_text(key: tuple[int, int]) -> str:
    axis, end = key
    return f"Only the {'first' if end == 0 else 'last'} index of axis {axis} is off"


def _rolled_text(key: tuple[int, int]) -> str:
    axis, by = key
    return f"The numbers are right but one place too {'late' if by > 0 else 'early'} along axis {axis}"


PATTERNS = (
    Pattern(_squeezed, _squeezed_text, lambda want: True),
    Pattern(_constant, lambda key: "All numbers of your result are the same"),
    Pattern(_negated, lambda key: "Every number has the wrong sign"),
    Pattern(_absolute, lambda key: "Every negative number lost its sign"),
    Pattern(_factor, lambda key: f"Every number is {times(key)} the right one"),
    Pattern(_shift, _shift_text),
    Pattern(_rounded, _rounded_text),
    Pattern(_clipped, _clipped_text),
    Pattern(_axis_order, _order_text, _is_uneven),
    Pattern(_turned, lambda axis: f"The numbers are right with axis {axis} in reverse order", _has_long_axes),
    Pattern(_rolled, _rolled_text, _has_long_axes),
    Pattern(_only_at_an_end, _end_text, _has_room),
    Pattern(_shuffled, lambda key: "It holds the right numbers, in another order", _has_long_axes),
)
