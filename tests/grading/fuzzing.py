"""Functions that return, and pass on, whatever no one expects: made of a seed, so that each can be made again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from grader.course.catalogue import Exercise
from grader.grading.reference import Reference
from grader.student.faults import Frame, Raised, StudentFault
from grader.student.in_process import copied
from grader.student.plain import plain

DTYPES = ("?", "i1", "u1", "i8", "u8", "f2", "f4", "f8", "g", ">f4", "c16", "U3", "O", "M8[s]")
ODD = (np.nan, np.inf, -np.inf, 0.0, -0.0, 1e308, -1e308, 5e-324, 2.0**63)


class Liar:
    """An object that says of itself what is not so."""

    __array_priority__ = 1e9
    shape, dtype, ndim, size = (3, 4), np.dtype("f8"), 2, 12

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return np.ndarray

    def __len__(self) -> int:
        return 2

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]

    def __float__(self) -> float:
        raise KeyError("no number")

    def __array__(self, *args: object, **named: object) -> np.ndarray:
        return np.zeros(3)


def strange(rng: np.random.Generator, depth: int = 0) -> Any:
    """Some value, made of nothing."""
    makers: list[Callable[[], Any]] = [
        lambda: None,
        lambda: bool(rng.integers(2)),
        lambda: int(rng.integers(-(2**62), 2**62)) << int(rng.integers(0, 80)),
        lambda: float(rng.choice(ODD)),
        lambda: complex(1, 2),
        lambda: Decimal("NaN") if rng.integers(2) else Fraction(1, 3),
        lambda: "²" * int(rng.integers(0, 5)),
        lambda: b"bytes",
        lambda: range(int(rng.integers(0, 5))),
        Liar,
        lambda: {str(n): strange(rng, depth + 1) for n in range(rng.integers(0, 4))},
        lambda: {1: 2},
        lambda: [strange(rng, depth + 1) for _ in range(rng.integers(0, 5))] if depth < 4 else [],
        lambda: tuple(strange(rng, depth + 1) for _ in range(rng.integers(0, 4))) if depth < 4 else (),
        lambda: array(rng, tuple(rng.integers(0, 6, size=rng.integers(0, 5)))),
        lambda: array(rng, (1,) * int(rng.integers(5, 33))),
        lambda: np.empty((int(rng.integers(0, 2**30)), 0)),
        lambda: np.ma.masked_array([1.0, 2.0], [True, False]),
        lambda: np.zeros(3, dtype=[("a", "f8")]),
        lambda: np.float16(rng.choice(ODD[:5])),
    ]
    return makers[int(rng.integers(len(makers)))]()


def array(rng: np.random.Generator, shape: Sequence[int]) -> np.ndarray:
    """An array of some dtype that holds some odd numbers."""
    values = rng.normal(size=tuple(shape))
    if values.size and rng.integers(2):
        values[rng.random(values.shape) < 0.3] = rng.choice(ODD)
    with np.errstate(all="ignore"):
        return values.astype(rng.choice(DTYPES))


def spoilt(rng: np.random.Generator, right: Any) -> Any:
    """A right result with something about it changed: shape, dtype, axes, size, numbers, or what it is wrapped in."""
    if isinstance(right, list):
        parts = [spoilt(rng, part) if rng.integers(2) else part for part in right]
        return [parts, tuple(parts), parts[:-1], [*parts, parts[0]], np.array(0.0)][int(rng.integers(5))]
    if isinstance(right, dict):
        changed = {key: spoilt(rng, value) if rng.integers(2) else value for key, value in right.items()}
        return changed if rng.integers(3) else dict(list(changed.items())[1:])
    value = np.asarray(right, dtype=np.float64)
    ways: list[Callable[[], Any]] = [
        lambda: value.T,
        lambda: value[None],
        lambda: value.ravel(),
        lambda: value.reshape((*value.shape, *(1,) * 20)) if value.ndim < 12 else value,
        lambda: np.repeat(value[None], int(rng.integers(0, 4)), axis=0),
        lambda: value.tolist(),
        lambda: _with_odd(rng, value),
        lambda: _cast(rng, value),
        lambda: np.zeros_like(value),
        lambda: value * float(rng.choice([-1, 0.5, 2, 1e-300, 1e300])),
        lambda: value[..., ::-1] if value.ndim else value,
        lambda: value[: value.shape[0] // 2] if value.ndim else value,
        lambda: np.resize(value, 300_000).reshape(-1, 3) if value.size else value,
    ]
    return ways[int(rng.integers(len(ways)))]()


def _with_odd(rng: np.random.Generator, value: np.ndarray) -> np.ndarray:
    changed = value.copy()
    changed[rng.random(value.shape) < rng.choice([0.1, 1.0])] = rng.choice(ODD)
    return changed


def _cast(rng: np.random.Generator, value: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return value.astype(rng.choice(DTYPES))


class Alone:
    """What all of these functions have in common as `examine.Functions`: nothing is known of them beforehand."""

    def foresee(self, foreseen: object, stem: str, name: str, deadline: float) -> None:
        pass

    def begin(self, chance: int, plan: object, stem: str, name: str, deadline: float) -> None:
        return None

    def end(self) -> bool:
        return False

    def where(self, stem: str, name: str) -> Frame | None:
        return None


class Raises(Alone):
    """Functions that raise a ValueError with this text."""

    def __init__(self, text: str) -> None:
        self._text = f"ValueError: {text}"

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        raise Raised(self._text, type_name="ValueError", frames=(Frame("mine.py", 3, name),))


class Cast(Alone):
    """The right function, its numbers in another type."""

    def __init__(self, exercise: Exercise, reference: Reference, dtype: str) -> None:
        self._solution, self._dtype = reference.solution(exercise), dtype

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        assert self._solution is not None
        return self._cast(self._solution(*args))

    def _cast(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._cast(item) for item in value]
        if isinstance(value, dict):
            return {key: self._cast(item) for key, item in value.items()}
        with np.errstate(all="ignore"):
            return plain(np.asarray(value).astype(self._dtype))


class Fuzz(Alone):
    """`examine.Functions` of which each call returns something else: of nothing, or of what is right, spoilt.

    Functions that are given are called, with something strange or with what is right.
    """

    def __init__(self, exercise: Exercise, reference: Reference, seed: int) -> None:
        solution = reference.solution(exercise)
        assert solution is not None
        self._solution = solution
        self._rng = np.random.default_rng(seed)
        # Some are nearly right throughout, some hardly ever.
        self._share = float(self._rng.choice([0.1, 0.5, 0.9]))
        self._steady = bool(self._rng.integers(2))
        self._turn = int(self._rng.integers(2**31))

    def call(self, stem: str, name: str, args: Sequence[Any], deadline: float) -> Any:
        rng = np.random.default_rng(self._turn) if self._steady else self._rng
        for function in self._functions(args):
            for _ in range(int(rng.integers(0, 3))):
                self._call_back(function, [plain(strange(rng)) for _ in range(int(rng.integers(0, 3)))])
        if rng.random() < 0.05:
            raise Raised("ValueError: cannot reshape", type_name="ValueError", frames=(Frame("mine.py", 3, name),))
        if rng.random() > self._share:
            return plain(strange(rng))
        try:
            right = self._solution(*copied(tuple(args)))
        except StudentFault:
            return plain(strange(rng))
        return plain(spoilt(rng, right) if rng.random() < 0.8 else right)

    def _call_back(self, function: Callable[..., Any], args: list[Any]) -> None:
        try:
            function(*args)
        except TypeError as error:
            # What a function that is given raises for a wrong number of arguments is the student's own exception.
            raise Raised(f"TypeError: {error}", type_name="TypeError", frames=(Frame("mine.py", 2, "f"),)) from error

    def _functions(self, args: Sequence[Any]) -> list[Callable[..., Any]]:
        flat = [item for arg in args for item in (arg if isinstance(arg, list | tuple) else [arg])]
        return [item for item in flat if callable(item) and not isinstance(item, np.random.Generator)]
