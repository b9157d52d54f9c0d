"""Values as a JSON tree and raw bytes, and back: what may cross the wall, and in which form.

    None, bool, int, float, str    as JSON has them
    list                           a JSON list
    tuple                          {"t": [items]}
    dict with str keys             {"d": {key: value}}
    array                          {"a": [dtype, shape]}, its bytes in the body; in a question that lies column by
                                   column in memory, {"a": [dtype, shape, "F"]} and its bytes as they lie
    numpy scalar                   {"s": dtype}, its bytes in the body
    bytes                          {"y": length}, in the body
    Opaque                         {"o": type name}
    a callable                     {"f": number}: called back over the wire (trusted side only)
    np.random.Generator            {"g": state of its bit generator} (trusted side only)

The parts of the body follow each other in the order of the tree. Nothing is ever unpickled, and no length
is believed before it was compared with the bytes that are there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.student.plain import MAX_AXES, MAX_NUMBERS, Opaque

MAX_DEPTH = 40
BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")
# Native byte order, real numbers of at most 64 bits.
DTYPES: Mapping[str, np.dtype[Any]] = {
    np.dtype(code).name: np.dtype(code)
    for code in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")
}
_NAMES: Mapping[np.dtype[Any], str] = {dtype: name for name, dtype in DTYPES.items()}


class ProtocolError(ValueError):
    """Bytes that are no message of ours."""


class Packer:
    """Takes values apart: the tree is returned by `pack`, the raw bytes gather in `parts`.

    With `in_order`, an array's order in memory (C or Fortran) crosses the wall, too.
    """

    def __init__(self, in_order: bool = False) -> None:
        self._in_order = in_order
        self.parts: list[bytes] = []
        self.callables: list[Callable[..., Any]] = []

    def pack(self, value: Any) -> Any:
        """The tree of `value`. Raises TypeError for what cannot cross the wall."""
        kind = type(value)
        if value is None or kind in (bool, int, float, str):
            return value
        if kind is np.ndarray:
            return self._array(value)
        if kind is list:
            return [self.pack(item) for item in value]
        if isinstance(value, tuple):
            return {"t": [self.pack(item) for item in value]}
        if isinstance(value, Mapping):
            return {"d": {key: self.pack(item) for key, item in value.items()}}
        return self._rare(value)

    def _array(self, value: np.ndarray) -> dict[str, Any]:
        name = _NAMES.get(value.dtype)
        if name is None:
            raise TypeError(f"an array of dtype {value.dtype} cannot cross the wall")
        if self._in_order and value.flags.fnc:
            self.parts.append(value.tobytes("F"))
            return {"a": [name, value.shape, "F"]}
        self.parts.append(value.tobytes())
        return {"a": [name, value.shape]}

    def _rare(self, value: Any) -> Any:
        if isinstance(value, Opaque):
            return {"o": value.type_name}
        if isinstance(value, np.generic):
            return {"s": self._array(np.asarray(value))["a"][0]}
        if isinstance(value, bytes):
            self.parts.append(value)
            return {"y": len(value)}
        if isinstance(value, np.random.Generator):
            return {"g": self.pack(value.bit_generator.state)}
        base: Any = next((kind for kind in (str, int, float, list) if isinstance(value, kind)), None)
        if base is not None:
            return self.pack(base(value))
        if callable(value):
            self.callables.append(value)
            return {"f": len(self.callables) - 1}
        raise TypeError(f"a {type(value).__name__} cannot cross the wall")


class Unpacker:
    """Puts values together again from a tree and the body that came with it.

    `proxy` makes the function that stands for callable number n; without one (the trusted side) callables
    and generators are problem. Whatever is wrong raises ProtocolError, nothing else.
    """

    def __init__(self, body: bytes | memoryview, proxy: Callable[[int], Callable[..., Any]] | None = None) -> None:
        self.body = body
        self.proxy = proxy
        self._at = self._numbers = 0

    def whole(self, tree: Any) -> Any:
        """The value of `tree`, which must use up the body."""
        try:
            value = self.unpack(tree)
        except ProtocolError:
            raise
        except (TypeError, ValueError, LookupError, OverflowError, MemoryError, RecursionError) as error:
            raise ProtocolError(f"no value: {error}") from error
        if self._at != len(self.body):
            raise ProtocolError(f"{len(self.body) - self._at} bytes too many")
        return value

    def unpack(self, tree: Any, depth: int = 0) -> Any:
        # JSON makes these types and no others, the commonest here first.
        kind = type(tree)
        if kind is dict or kind is list:
            if depth > MAX_DEPTH:
                raise ProtocolError("nested too deeply")
            if kind is list:
                return [self.unpack(item, depth + 1) for item in tree]
            if len(tree) != 1:
                raise ProtocolError("no value")
            ((tag, content),) = tree.items()
            return self._array(*content) if tag == "a" else self._tagged(tag, content, depth + 1)
        if kind is int:
            return self._int(tree)
        return clean(tree) if kind is str else tree

    def _int(self, tree: int) -> int:
        if self.proxy is None and not -(2**63) <= tree < 2**64:
            raise ProtocolError("an integer of more than 64 bits")
        return tree

    def _tagged(self, tag: str, content: Any, depth: int) -> Any:
        if tag == "t" and isinstance(content, list):
            return tuple(self.unpack(item, depth) for item in content)
        if tag == "d" and isinstance(content, dict):
            return {clean(key): self.unpack(item, depth) for key, item in content.items()}
        if tag == "s":
            return self._array(content, [])[()]
        if tag == "o" and isinstance(content, str):
            return Opaque(clean(content)[:200])
        if tag == "y" and type(content) is int:
            start = self._skip(content)
            return bytes(self.body[start : self._at])
        if self.proxy is not None:
            return self._from_trusted(tag, content, depth)
        raise ProtocolError("no value")

    def _from_trusted(self, tag: str, content: Any, depth: int) -> Any:
        assert self.proxy is not None
        if tag == "f":
            return self.proxy(content)
        if tag == "g":
            return _generator(self.unpack(content, depth))
        raise ProtocolError("no value")

    def _array(self, name: Any, shape: Any, order: Any = "C") -> np.ndarray:
        dtype = DTYPES.get(name) if type(name) is str else None
        if dtype is None or type(shape) is not list:
            raise ProtocolError("no array")
        if self.proxy is None:
            self._check_shape(shape)
        size = math.prod(shape) * dtype.itemsize
        start = self._skip(size)
        if order == "F" and self.proxy is not None:
            return self._array_at(start, size, shape[::-1], dtype).T
        if order != "C":
            raise ProtocolError("no order")
        return self._array_at(start, size, shape, dtype)

    def _check_shape(self, shape: list[Any]) -> None:
        """Whether a child may send so many numbers."""
        if len(shape) > MAX_AXES:
            raise ProtocolError("no array")
        if any(type(length) is not int or not 0 <= length <= MAX_NUMBERS for length in shape):
            raise ProtocolError("no shape")
        self._numbers += max(math.prod(shape), *shape, 0)
        if self._numbers > MAX_NUMBERS:
            raise ProtocolError("more numbers than may come")

    def _array_at(self, start: int, size: int, shape: list[int], dtype: np.dtype[Any]) -> np.ndarray:
        # numpy compares the shape with the buffer once more; a copy is aligned and may be written to.
        found = np.ndarray(shape, dtype, self.body, start) if size else np.empty(shape, dtype)
        # A byte that is neither 0 nor 1 is no bool of numpy's.
        return found.view(np.uint8).astype(bool) if dtype.kind == "b" else found.copy()

    def _skip(self, size: int) -> int:
        """Where the next `size` bytes of the body begin."""
        start = self._at
        if not 0 <= size <= len(self.body) - start:
            raise ProtocolError("more was announced than came")
        self._at += size
        return start


def clean(text: str) -> str:
    """`text` without lone surrogates, so that it can be written anywhere."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def _generator(state: dict[str, Any]) -> np.random.Generator:
    name = state["bit_generator"]
    if name not in BIT_GENERATORS:
        raise ProtocolError("no generator")
    bits = getattr(np.random, name)(0)
    bits.state = state
    return np.random.Generator(bits)
