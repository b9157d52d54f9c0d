"""How a wrong result differs from the right one, said so that it helps: where, by how much, and in which way."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.course.checks import wrong
from grader.course.measure import close, name_of, shape_text
from grader.student.plain import Opaque

MAX_SHOWN = 12
# Numbers beyond this are hard to compare by eye, and a message beyond that is not read.
MAX_NUMBERS_TEXT, MAX_TEXT = 110, 220


def require_equal(got: Any, want: Any, inputs: Mapping[str, Any] | None = None) -> None:
    """Raise WrongResult unless `got` is `want` up to rounding.

    Arrays must have the right shape and no surplus NaN; a pair may be a list, a tuple or a stacked array; a
    number may be of any real type. `inputs` are the arguments by name, for the message.
    """
    problem = difference(got, want)
    if problem:
        text = f"{problem}{_inputs_text(inputs or {}, 6)}"
        wrong(text if len(text) <= MAX_TEXT else f"{problem}{_inputs_text(inputs or {}, 1)}")


def difference(got: Any, want: Any, name: str = "result") -> str:
    """What is wrong with `got`, or "" where nothing is."""
    if isinstance(want, list):
        return _list_difference(got, want)
    if isinstance(want, np.ndarray) and want.ndim > 0:
        return _array_difference(got, want, name)
    return _number_difference(got, want, name)


def _list_difference(got: Any, want: list[Any]) -> str:
    is_array = isinstance(got, np.ndarray) and got.ndim > 0
    parts = list(got) if is_array or isinstance(got, list) else None
    if parts is None or len(parts) != len(want):
        return f"your function returned {name_of(got)} where {len(want)} results are asked"
    names = ["first result", "second result", "third result", "fourth result"]
    problems = (difference(g, w, n) for g, w, n in zip(parts, want, names, strict=False))
    return next((problem for problem in problems if problem), "")


def _number_difference(got: Any, want: Any, name: str) -> str:
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got.item()
    if not isinstance(got, bool | int | float):
        return f"your {name} is {name_of(got)} where a number is asked"
    if isinstance(want, int) and not isinstance(want, bool):
        return "" if got == want else f"your {name} is {got}, the right one is {want}"
    return "" if close(got, want) else f"your {name} is {got:.6g}, the right one is {float(want):.6g}"


def _array_difference(got: Any, want: np.ndarray, name: str) -> str:
    if not isinstance(got, np.ndarray):
        hint = " (is the return missing?)" if got is None else ""
        hint = " (np.array makes one)" if isinstance(got, list | Opaque) else hint
        return f"your {name} is {name_of(got)} where a numpy array is asked{hint}"
    if got.shape != want.shape:
        return f"your {name} has shape {shape_text(got)}, the right one {shape_text(want)}{_shape_hint(got, want)}"
    if close(got, want):
        return ""
    mine, right = got.astype(np.float64), want.astype(np.float64)
    return f"your {name} {_numbers_text(mine, right, name)}{_pattern(mine, right)}"


def _shape_hint(got: np.ndarray, want: np.ndarray) -> str:
    how = _axis_order(got.astype(np.float64), want.astype(np.float64))
    return f"; the numbers are right {how}" if how else ""


def _numbers_text(got: np.ndarray, want: np.ndarray, name: str) -> str:
    text = f"is {_short(got)}, the right one {_short(want)}" if got.size <= MAX_SHOWN else ""
    if 0 < len(text) <= MAX_NUMBERS_TEXT:
        return text
    with np.errstate(invalid="ignore"):
        off = np.where(np.isfinite(got), np.abs(got - want), np.inf)
    off = np.where((got == want) | (np.isnan(got) & np.isnan(want)), 0.0, off)
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(off)), off.shape))
    count = int((off > 1e-4 * max(1.0, float(np.abs(want[np.isfinite(want)]).max(initial=0)))).sum())
    return (
        f"is off in {count} of {got.size} numbers, most at {list(index)}: "
        f"{got[index]:.4g} where {want[index]:.4g} is right"
    )


def _short(values: np.ndarray) -> str:
    return np.array2string(values, precision=3, separator=", ", suppress_small=True).replace("\n", "")


def _pattern(got: np.ndarray, want: np.ndarray) -> str:
    """The simple way in which two arrays of one shape differ, if there is one."""
    if not (np.isfinite(got).all() and np.isfinite(want).all()) or not got.size:
        return ""
    if got.size == 1:
        return _simple_relation(got.item(), want.item())
    if np.ptp(got) == 0:
        return "; all your numbers are the same"
    norm = float((want * want).sum())
    factor = float((got * want).sum()) / norm if norm else 0.0
    if factor and close(got, factor * want):
        return f"; every number is {factor:.4g} × the right one"
    shift = float((got - want).mean())
    if np.ptp(want) > 0 and close(got, want + shift):
        return f"; every number is the right one {'+' if shift > 0 else '−'} {abs(shift):.4g}"
    how = _axis_order(got, want)
    if how:
        return f"; it is the right one {how}"
    return _permuted(got, want)


def _simple_relation(got: float, want: float) -> str:
    """How one number comes of another. Any two numbers have a factor and a shift, so only simple ones count."""
    factor = got / want if want else 0.0
    for times in (factor, 1 / factor if factor else 0.0):
        if 1 < abs(times) <= 1000 and close(times, round(times)):
            return f"; that is {factor:.4g} × it"
    shift = got - want
    if round(shift) and close(shift, round(shift)):
        return f"; that is the right one {'+' if shift > 0 else '−'} {abs(shift):.4g}"
    return "; that is the right one with the other sign" if close(got, -want) else ""


def _axis_order(got: np.ndarray, want: np.ndarray) -> str:
    if got.ndim != want.ndim or not 2 <= got.ndim <= 4:
        return ""
    for order in itertools.permutations(range(got.ndim)):
        moved = got.transpose(order)
        if order != tuple(range(got.ndim)) and moved.shape == want.shape and close(moved, want):
            return "with its axes swapped" if got.ndim == 2 else f"with its axes in the order {list(order)}"
    return ""


def _permuted(got: np.ndarray, want: np.ndarray) -> str:
    """Whether the same slices stand along one axis in another order."""
    for axis in range(got.ndim):
        if not 1 < got.shape[axis] <= 64:
            continue
        mine = np.moveaxis(got, axis, 0).reshape(got.shape[axis], -1)
        right = np.moveaxis(want, axis, 0).reshape(got.shape[axis], -1)
        places = [next((j for j, row in enumerate(mine) if close(row, r)), None) for r in right]
        if None not in places and len(set(places)) == len(places):
            return f"; it is the right one with axis {axis} in the order {places}"
    return ""


def _inputs_text(inputs: Mapping[str, Any], most: int) -> str:
    """The inputs in brackets, arrays of `most` numbers at most in full."""
    shown = [f"{name} {_input_text(value, most)}" for name, value in inputs.items() if not callable(value)]
    return f" (for {', '.join(shown)})" if shown else ""


def _input_text(value: Any, most: int) -> str:
    if isinstance(value, np.ndarray):
        return _short(value) if value.size <= most else f"of shape {shape_text(value)}"
    if isinstance(value, np.random.Generator):
        return "a generator"
    return repr(value)[:60]
