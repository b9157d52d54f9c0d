"""What a student's function returned, as plain data that nothing can hide in.

Arrays from a submission become base-class arrays of real numbers in native byte order; everything else
becomes a Python number, text, list or dict, or an `Opaque` that only says what its type was called.
"""

from __future__ import annotations

import numbers
from array import array
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from grader.student.standins import PassedThrough, StandIn, needed

MAX_DEPTH = 20
MAX_ITEMS = 100_000
# What one result may hold: right ones have a third of it at most. In float64, as checks work, it is 32 MB.
MAX_NUMBERS = 1 << 22
MAX_AXES = 16
REAL_KINDS = "biuf"
OTHER_SEQUENCES: tuple[Any, ...] = (range, deque, array)


@dataclass(frozen=True)
class Opaque:
    """Something that is no array, number, text, list or dict: only its type's name is kept."""

    type_name: str


def plain(value: object) -> Any:
    """`value` as plain data, sharing no memory with the submission.

    Arrays of bool, int, uint or float dtype (any precision, any byte order) become `np.ndarray` in native
    order; long doubles become float64. Numbers become bool, int or float; lists, tuples and other sequences
    (a range, a deque, an array of the standard library) become lists.
    Whatever else is there becomes `Opaque`, and so does what is too large: of more than MAX_AXES axes, or more than
    MAX_NUMBERS numbers or MAX_ITEMS items in all.
    """
    return _Plain().of(value)


class _Plain:
    """One value on its way to plain data; counts what it holds."""

    def __init__(self) -> None:
        self.numbers = self.items = 0

    def of(self, value: object, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            return Opaque("a very deep nesting")
        # The real type: an object may say that its __class__ is another one.
        kind = type(value)
        if kind is StandIn:
            raise needed(value)  # type: ignore[arg-type]
        if kind is PassedThrough:
            return self.of(value.items, depth + 1)  # type: ignore[attr-defined]
        if issubclass(kind, np.ndarray):
            return self._array(value)  # type: ignore[arg-type]
        if issubclass(kind, np.generic):
            return _plain_number(value)  # type: ignore[arg-type]
        if value is None or issubclass(kind, bool | int | float | str | numbers.Real | Decimal):
            return _plain_scalar(value)
        if issubclass(kind, list | tuple):
            base = list if issubclass(kind, list) else tuple
            return self._list(base.__iter__(value), depth)  # type: ignore[arg-type]
        other = next((base for base in OTHER_SEQUENCES if issubclass(kind, base)), None)
        if other is not None:
            return self._list(other.__iter__(value), depth)
        if issubclass(kind, dict):
            return self._dict(value, depth)  # type: ignore[arg-type]
        return Opaque(_type_name(value))

    def _array(self, value: np.ndarray) -> np.ndarray | Opaque:
        # Asking the base class, so that a subclass cannot answer for it.
        base = np.ndarray.view(value, np.ndarray)
        if base.dtype.kind not in REAL_KINDS:
            for item in base.flat if base.dtype.kind == "O" and base.size <= MAX_ITEMS else ():
                if type(item) is StandIn:
                    raise needed(item)
            return Opaque(f"numpy array of dtype {base.dtype}"[:100])
        if base.ndim > MAX_AXES:
            return Opaque(f"numpy array of {base.ndim} axes")
        self.numbers += max(base.size, *base.shape, 0)
        if self.numbers > MAX_NUMBERS:
            shape = ", ".join(map(str, base.shape))
            return Opaque(f"numpy array of shape [{shape}] (too large to be checked)")
        if type(value).__name__ == "MaskedArray" and np.any(getattr(value, "_mask", False)):
            return Opaque("numpy.ma.MaskedArray with masked numbers")
        return np.array(base, dtype=_native(base.dtype), order="C", copy=True, subok=False)

    def _list(self, items: Iterator[Any], depth: int) -> list[Any] | Opaque:
        result: list[Any] = []
        for item in items:
            self.items += 1
            if self.items > MAX_ITEMS:
                return Opaque(f"a list of more than {MAX_ITEMS} items")
            result.append(self.of(item, depth + 1))
        return result

    def _dict(self, value: dict[Any, Any], depth: int) -> dict[str, Any] | Opaque:
        result: dict[str, Any] = {}
        for key, item in dict.items(value):
            self.items += 1
            if not isinstance(key, str) or self.items > MAX_ITEMS:
                return Opaque("a dict with keys that are not text")
            result[str.__str__(key)[:200]] = self.of(item, depth + 1)
        return result


def _type_name(value: object) -> str:
    kind = type(value)
    module = str(type.__getattribute__(kind, "__module__"))
    name = str(type.__getattribute__(kind, "__qualname__"))
    return (name if module in ("builtins", "__main__") else f"{module}.{name}")[:100]


def _native(dtype: np.dtype[Any]) -> np.dtype[Any]:
    if dtype.kind == "f" and dtype.itemsize > 8:
        return np.dtype(np.float64)
    return dtype.newbyteorder("=")


def _plain_number(value: np.generic) -> bool | int | float | str | Opaque:
    if value.dtype.kind in REAL_KINDS:
        return _plain_scalar(value.item() if value.dtype.itemsize <= 8 else float(value))  # type: ignore[return-value]
    if isinstance(value, np.str_):
        return str.__str__(value)
    return Opaque(f"numpy scalar of dtype {value.dtype}"[:100])


def _plain_scalar(value: object) -> bool | int | float | str | Opaque | None:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)[:MAX_ITEMS]
    if isinstance(value, int):
        whole = int.__int__(value)
        return whole if abs(whole) < 2**63 else Opaque("an integer of more than 64 bits")
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, ArithmeticError):
        return Opaque(_type_name(value))
