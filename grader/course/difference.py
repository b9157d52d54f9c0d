"""How one wrong result differs from the right one: in type, in shape, or in which numbers and by how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.course.checks import WrongResult
from grader.course.measure import MOST_PRINTED, close, name_of, places_off, shape_text
from grader.course.numbers import apart, as_data, count, listed, shown
from grader.student.plain import Opaque

# Of arrays that are too large to be printed: the worst row, if it is short.
MOST_IN_ROW = 6
MOST_TEXT, MOST_INPUTS = 120, 200
ORDINALS = ("first result", "second result", "third result", "fourth result")


@dataclass(frozen=True)
class Difference:
    """What is wrong with a result, in words that follow "your function …" or "your result …", and its numbers."""

    text: str
    numbers: Mapping[str, Any] = field(default_factory=dict)


def require_equal(got: Any, want: Any, inputs: Mapping[str, Any] | None = None) -> None:
    """Raise WrongResult unless `got` is `want` up to rounding: for a single question.

    Where a general check asks several, `expected.compare` and `expected.judge` say more: what explains them all.
    `inputs` are the arguments by name, for the message.
    """
    found = difference(got, want)
    if found:
        raise WrongResult(sentence(found, inputs or {}), found.numbers)


def difference(got: Any, want: Any, name: str = "result") -> Difference | None:
    """What is wrong with `got`, or None where nothing is.

    Arrays must have the right shape and no surplus NaN; a pair may be a list, a tuple or a stacked array; a
    number may be of any real type.
    """
    if isinstance(want, list):
        return _list_difference(got, want)
    if isinstance(want, np.ndarray) and want.ndim > 0:
        return _array_difference(got, want, name)
    return _number_difference(got, want, name)


def parts(got: Any, want: Any) -> list[tuple[str, Any, Any]]:
    """Name, result and right result for each result of a function; a stacked array [n, …] is n results."""
    if not isinstance(want, list):
        return [("result", got, want)]
    is_several = isinstance(got, list) or (isinstance(got, np.ndarray) and got.ndim > 0)
    if not is_several or len(got) != len(want):
        return []
    return [(name, one, right) for name, one, right in zip(ORDINALS, got, want, strict=False)]


def sentence(found: Difference, inputs: Mapping[str, Any]) -> str:
    """The difference as a sentence that begins with the case: "For x of shape [2, 3], your result …."."""
    case = inputs_text(inputs)
    text = f"For {case}, {found.text}" if case else found.text[:1].upper() + found.text[1:]
    return text if text.endswith("?") else f"{text}."


def inputs_text(inputs: Mapping[str, Any]) -> str:
    """The arguments that are no functions: small ones printed, as they are given in Python, large ones by shape."""
    values = {name: value for name, value in inputs.items() if not _is_silent(value)}
    if inputs_are_small(inputs):
        return listed([_printed(name, value) for name, value in values.items()])
    return listed([_described(name, value) for name, value in values.items()])


def inputs_are_small(inputs: Mapping[str, Any]) -> bool:
    """Whether all arguments are printed; functions cannot be."""
    small = all(is_small(value) and not _is_silent(value) for value in inputs.values())
    return small and len(", ".join(_printed(name, value) for name, value in inputs.items())) <= MOST_INPUTS


def is_small(value: Any) -> bool:
    """Whether a value, or each of several results, is printed in full."""
    if isinstance(value, list):
        return len(value) <= MOST_PRINTED and all(is_small(one) for one in value)
    return int(np.size(value)) <= MOST_PRINTED


def _is_silent(value: Any) -> bool:
    """Functions, lists of functions and generators are not shown."""
    if isinstance(value, list | tuple):
        return any(map(callable, value))
    return callable(value) or isinstance(value, np.random.Generator)


def _printed(name: str, value: Any) -> str:
    return f"{name} = {shown(value)}{_precision(value)}"


def _described(name: str, value: Any) -> str:
    if isinstance(value, np.ndarray) and value.ndim:
        return f"{name} of shape {shape_text(value)}{_precision(value)}"
    return _printed(name, value) if is_small(value) else f"{name} with {count(len(value), 'item')}"


def _precision(value: Any) -> str:
    return " (float32)" if isinstance(value, np.ndarray) and value.dtype == np.float32 else ""


def _list_difference(got: Any, want: list[Any]) -> Difference | None:
    found = parts(got, want)
    if not found:
        return Difference(f"your function returned {name_of(got)}, where {len(want)} results are asked for")
    problems = (difference(one, right, name) for name, one, right in found)
    return next((problem for problem in problems if problem), None)


def _number_difference(got: Any, want: Any, name: str) -> Difference | None:
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got.item()
    if not isinstance(got, bool | int | float):
        return Difference(f"your {name} is {name_of(got)}, where a number is asked for{_return_hint(got)}")
    exact = isinstance(want, int) and not isinstance(want, bool)
    if got == want if exact else close(got, want):
        return None
    mine, right = apart(got, want)
    return Difference(f"your {name} is {mine}, the right one is {right}", {"got": as_data(got), "want": as_data(want)})


def _array_difference(got: Any, want: np.ndarray, name: str) -> Difference | None:
    if isinstance(got, list) and any(isinstance(one, np.ndarray) and one.ndim for one in got):
        return Difference(f"your {name} is {count(len(got), 'array')} in a list or tuple, where one array is asked for")
    if not isinstance(got, np.ndarray):
        return Difference(f"your {name} is {name_of(got)}, where a numpy array is asked for{_return_hint(got)}")
    if got.shape != want.shape:
        shapes = {"got_shape": list(got.shape), "want_shape": list(want.shape)}
        return Difference(f"your {name} has shape {shape_text(got)}, the right one {shape_text(want)}", shapes)
    off = places_off(got, want)
    if not off.any():
        return None
    mine, right = got.astype(np.float64), want.astype(np.float64)
    index = _worst(mine, right, off)
    numbers = {"index": list(index), "got": as_data(mine[index]), "want": as_data(right[index])}
    numbers |= {"off": int(off.sum()), "size": int(off.size)}
    return Difference(_numbers_text(mine, right, index, int(off.sum()), name), numbers)


def _return_hint(got: Any) -> str:
    if got is None:
        return ": is the return missing?"
    if isinstance(got, Opaque) and got.type_name in ("coroutine", "generator"):
        return ": write a plain `def`, and `return` the array"
    return ": np.array makes one" if isinstance(got, list | Opaque) else ""


def _worst(got: np.ndarray, want: np.ndarray, off: np.ndarray) -> tuple[int, ...]:
    """Where the result is farthest off; what is not finite and should be is farther than any number."""
    with np.errstate(invalid="ignore"):
        distance = np.abs(got - want)
    distance = np.where(off, np.where(np.isfinite(distance), distance, np.inf), -1.0)
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(distance)), off.shape))


def _numbers_text(got: np.ndarray, want: np.ndarray, index: tuple[int, ...], off: int, name: str) -> str:
    mine, right = apart(got, want) if got.size <= MOST_PRINTED else ("", "")
    if 0 < len(mine) + len(right) <= MOST_TEXT:
        return f"your {name} is {mine}, the right one is {right}"
    how_many = f"your {name} is off in {off} of {count(got.size, 'number')}"
    row = index[:-1]
    if row and got.shape[-1] <= MOST_IN_ROW:
        mine, right = apart(got[row], want[row])
        where = row[0] if len(row) == 1 else shown(list(row))
        return f"{how_many}; row {where}, the worst, is {mine}, and {right} is right"
    mine, right = apart(got[index], want[index])
    return f"{how_many}, most at {shown(list(index))}: {mine}, where {right} is right"
