"""Stand-ins for libraries that are not there when work is graded.

A stand-in costs nothing as long as no result needs it. It may be called, subscripted, subclassed and used as a
decorator; what comes of it is a stand-in again. Where a number is wanted of it, or where it reaches a result, there is
LibraryNeeded, which names the library. While a file is loaded nothing is a result yet, so there it is never raised.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np

from grader.student.bytecode import is_asserted, names_unpacked
from grader.student.known_libraries import BARS, GIVES_BACK, LEAVE, MODULES, NEVER, PROGRESS, RANGES, SHOWS, TRANSFORMS

Value = TypeVar("Value")
# Whoever runs a kernel has put these into it.
_JUPYTER = ("IPython", "ipykernel")
_loads = 0


class LibraryNeeded(ImportError):
    """A result needs a library that is not there."""


@contextmanager
def loading() -> Iterator[None]:
    """While this lasts, a file is being loaded, and no result is asked for."""
    global _loads
    _loads += 1
    try:
        yield
    finally:
        _loads -= 1


class StandIn:
    """In the place of the module, class, function or value `path`, such as `torch.nn.Linear`."""

    __slots__ = ("_path",)
    __version__ = "0"
    __all__ = ()

    def __init__(self, path: str) -> None:
        object.__setattr__(self, "_path", path)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        if self._path == "typing_extensions" and hasattr(typing, name):
            return getattr(typing, name)
        return StandIn(f"{self._path}.{name}")

    def __setattr__(self, name: str, value: Any) -> None:
        """Settings of a library that is not there change nothing."""

    def __call__(self, *args: Any, **named: Any) -> Any:
        root, last = self._path.split(".")[0], self._path.rsplit(".", 1)[-1].removesuffix("()")
        if root in PROGRESS and last in RANGES:
            return PassedThrough(range(*args))
        if root in PROGRESS and last in BARS and (items := [*args[:1], *filter(_has_items, [named.get("iterable")])]):
            return PassedThrough(items[0])
        if args and last in GIVES_BACK:
            return args[0]
        if last in NEVER:
            return False
        if last in MODULES:
            return np
        if args and _is_function(args[0]) and last not in TRANSFORMS and (_loads or last in LEAVE):
            return args[0]
        return StandIn(f"{self._path}()")

    def __getitem__(self, key: Any) -> StandIn:
        return self

    def __setitem__(self, key: Any, value: Any) -> None: ...

    def __delitem__(self, key: Any) -> None: ...

    def __enter__(self) -> StandIn:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        # `pytest.raises` waits for an exception, and lets it end there.
        return kind is not None and issubclass(kind, Exception) and self._path.endswith(".raises()")

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        return (type(self._path.rsplit(".", 1)[-1], (StandInBase,), {"_path": self._path}),)

    def __instancecheck__(self, instance: object) -> bool:
        return False

    def __subclasscheck__(self, subclass: type) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        count = names_unpacked(sys._getframe(1))
        return iter([self] * (self._wanted(0) if count is None else count))

    def __bool__(self) -> bool:
        # A module is true; whether what it holds would be, nobody knows. What a file asserts of it may well be so.
        return True if self._path.isidentifier() else self._wanted(is_asserted(sys._getframe(1)))

    def __eq__(self, other: object) -> Any:
        return self if _loads else NotImplemented

    __hash__ = object.__hash__

    def __len__(self) -> int:
        return self._wanted(0)

    def __contains__(self, item: object) -> bool:
        return self._wanted(False)

    def __int__(self) -> int:
        return self._wanted(0)

    __index__ = __int__

    def __float__(self) -> float:
        return self._wanted(0.0)

    def __complex__(self) -> complex:
        return self._wanted(0j)

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        array = np.empty((), dtype=object)
        array[()] = self
        return self._wanted(array)

    def __array_ufunc__(self, *args: Any, **named: Any) -> StandIn:
        return self

    def __array_function__(self, *args: Any, **named: Any) -> StandIn:
        return self

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __repr__(self) -> str:
        return f"<{self._path} is not there>"

    def __deepcopy__(self, memo: object) -> StandIn:
        return self

    def _wanted(self, meanwhile: Value) -> Value:
        """What is given for a number while a file is loaded; later there is none to give."""
        if _loads or self._path.partition(".")[0] in SHOWS:
            return meanwhile
        raise needed(self)


_TWO = "add sub mul matmul truediv floordiv mod pow and or xor lshift rshift divmod"
_ONE = "neg pos abs invert lt le gt ge round"


def _operation(self: StandIn, *others: Any) -> StandIn:
    return self


for _name in _TWO.split():
    setattr(StandIn, f"__{_name}__", _operation)
    setattr(StandIn, f"__r{_name}__", _operation)
for _name in _ONE.split():
    setattr(StandIn, f"__{_name}__", _operation)


class StandInBase:
    """In the place of a class of such a library, for classes of the student's own that inherit from it."""

    _path = ""

    def __init__(self, *args: Any, **named: Any) -> None: ...

    def __init_subclass__(cls, **named: Any) -> None: ...

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return StandIn(f"{type(self)._path}.{name}")

    def __call__(self, *args: Any, **named: Any) -> Any:
        return self.forward(*args, **named)


class PassedThrough:
    """A bar that shows nothing, around the items of a loop."""

    def __init__(self, items: Any) -> None:
        self.items = items

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __reversed__(self) -> Iterator[Any]:
        yield from reversed(self.items)

    def __enter__(self) -> PassedThrough:
        return self

    def __exit__(self, *_: object) -> None: ...

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn(f"tqdm.{name}")


def installed_path(value: Any, allowed: Collection[str]) -> str:
    """The path of a module, class or function of an installed library that is not there at grading; "" for all else."""
    if isinstance(value, types.ModuleType):
        path = value.__name__
    elif isinstance(value, type | types.FunctionType | types.BuiltinFunctionType):
        path = f"{value.__module__}.{value.__name__}"
    else:
        return ""
    root = path.partition(".")[0]
    file = getattr(sys.modules.get(root), "__file__", None) or ""
    is_installed = "site-packages" in file or "dist-packages" in file
    return path if is_installed and root not in {"numpy", "grader", *allowed, *_JUPYTER} else ""


def needed(value: StandIn) -> LibraryNeeded:
    """The exception that says which library a result needs."""
    return LibraryNeeded(value._path.split(".")[0].removesuffix("()"))


def _is_function(value: Any) -> bool:
    is_exception = isinstance(value, type) and issubclass(value, BaseException)
    return callable(value) and not is_exception and not isinstance(value, StandIn | np.ndarray)


def _has_items(value: Any) -> bool:
    return value is not None
