"""A small tape: numpy calls are recorded while they run, so that a gradient can be had of whatever they computed.

Reverse-mode differentiation (Wengert 1964; as in autograd, Maclaurin et al. 2015), no more of it than small models
need. A `Taped` is an array like others; what is computed from it by ufuncs, methods and the functions of `tape_calls`
is one again. Nothing in it is ever a view, so that writing in place is recorded too. Where numbers leave numpy they are
lost to it: who uses the tape compares it with finite differences first.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from typing import Any

import numpy as np

Back = Callable[[np.ndarray], np.ndarray]
_numbers = count()


class Unfollowed(Exception):
    """The tape has no derivative of this call; the message names it."""


class Node:
    """One recorded result: where it came from, and how a gradient goes back to each of those."""

    __slots__ = ("backs", "number", "parents")

    def __init__(self, parents: Sequence[Node] = (), backs: Sequence[Back] = ()) -> None:
        self.number, self.parents, self.backs = next(_numbers), parents, backs


class Taped(np.ndarray):
    """An array that remembers its node; a constant where it has none."""

    node: Node | None

    def __array_finalize__(self, obj: Any) -> None:
        self.node = None

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **named: Any) -> Any:
        result = _ufunc(ufunc, method, inputs, named)
        if out is None:
            return result
        np.copyto(untaped(out[0]), untaped(result), casting="unsafe")
        if isinstance(out[0], Taped):
            out[0].node = getattr(result, "node", None)
        return out[0]

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        from grader.frontends.milestones.tape_calls import CALLS

        if func in CALLS:
            return CALLS[func](*args, **kwargs)
        return super().__array_function__(func, types, args, kwargs)

    def __getitem__(self, key: Any) -> Any:
        key, shape = untaped(key), self.shape

        def back(grad: np.ndarray) -> np.ndarray:
            whole = np.zeros(shape)
            if _is_basic(key):
                whole[key] = grad
            else:
                np.add.at(whole, key, grad)
            return whole

        return recorded(untaped(self)[key], (self, back))

    def __setitem__(self, key: Any, value: Any) -> None:
        key, shape = untaped(key), np.shape(value)
        before = taped(untaped(self).copy(), self.node)
        untaped(self)[key] = untaped(value)

        def cleared(grad: np.ndarray) -> np.ndarray:
            grad = grad.copy()
            grad[key] = 0
            return grad

        self.node = recorded(untaped(self), (before, cleared), (value, lambda grad: summed_to(grad[key], shape))).node

    def reshape(self, *shape: Any, **named: Any) -> Any:
        before = self.shape
        return recorded(untaped(self).reshape(*shape, **named), (self, lambda grad: grad.reshape(before)))

    def transpose(self, *axes: Any) -> Any:
        order = axes[0] if len(axes) == 1 and not isinstance(axes[0], int | np.integer) else axes
        back = None if not order else np.argsort([axis % self.ndim for axis in order])
        return recorded(untaped(self).transpose(*axes), (self, lambda grad: grad.transpose(back)))

    def swapaxes(self, first: Any, second: Any) -> Any:
        return recorded(untaped(self).swapaxes(first, second), (self, lambda grad: grad.swapaxes(first, second)))

    def astype(self, dtype: Any, *args: Any, **named: Any) -> Any:
        return recorded(untaped(self).astype(dtype, *args, **named), (self, lambda grad: grad))

    def copy(self, order: Any = "C") -> Any:
        return recorded(untaped(self).copy(), (self, lambda grad: grad))

    def squeeze(self, axis: Any = None) -> Any:
        return self.reshape(untaped(self).squeeze(axis).shape)

    def ravel(self, order: Any = "C") -> Any:
        return self.reshape(-1)

    def flatten(self, order: Any = "C") -> Any:
        return self.reshape(-1)

    def dot(self, other: Any, out: Any = None) -> Any:
        return np.dot(self, other)

    def clip(self, *bounds: Any, **named: Any) -> Any:
        return np.clip(self, *bounds, **named)

    @property
    def T(self) -> Any:
        return self.transpose()

    @property
    def mT(self) -> Any:
        return self.swapaxes(-1, -2)


def taped(value: Any, node: Node | None = None) -> Taped:
    """An array as a Taped: of a node, or else a new one to have a gradient by. What is a view is copied."""
    whole = np.asarray(value)
    found: Taped = (whole if whole.base is None and node else whole.copy()).view(Taped)
    found.node = node or Node()
    return found


def untaped(value: Any) -> Any:
    """The same as plain arrays, sharing memory; tuples and lists too."""
    if isinstance(value, Taped):
        return value.view(np.ndarray)
    if isinstance(value, tuple | list):
        return type(value)(map(untaped, value)) if type(value) in (tuple, list) else value
    return value


def recorded(value: Any, *parts: tuple[Any, Back]) -> Any:
    """`value`, which came from these parts; plain where none of them is on the tape."""
    live = [(part.node, back) for part, back in parts if isinstance(part, Taped) and part.node is not None]
    if not live or not np.issubdtype(np.asarray(value).dtype, np.floating):
        return value
    nodes, backs = zip(*live, strict=True)
    return taped(value, Node(nodes, backs))


def gradients(result: Any, seed: np.ndarray, wanted: Sequence[Taped]) -> list[np.ndarray]:
    """The gradient of sum(result * seed) by each of the arrays wanted; zeros where nothing leads there."""
    found: dict[Node, np.ndarray] = {}
    heap: list[tuple[int, Node]] = []
    start = getattr(result, "node", None)
    if start is not None:
        found[start] = np.asarray(seed, dtype=np.float64)
        heap.append((-start.number, start))
    kept = {array.node for array in wanted}
    while heap:
        _, node = heapq.heappop(heap)
        grad = found[node] if node in kept else found.pop(node)
        for parent, back in zip(node.parents, node.backs, strict=True):
            part = back(grad)
            if parent in found:
                found[parent] = found[parent] + part
            else:
                found[parent] = part
                heapq.heappush(heap, (-parent.number, parent))
    return [found.get(array.node, np.zeros(array.shape)) for array in wanted]  # type: ignore[arg-type]


def summed_to(grad: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """A gradient summed over the axes along which something of `shape` was repeated."""
    extra = grad.ndim - len(shape)
    if extra:
        grad = grad.sum(axis=tuple(range(extra)))
    ones = tuple(axis for axis, size in enumerate(shape) if size == 1 and grad.shape[axis] != 1)
    return grad.sum(axis=ones, keepdims=True) if ones else grad


def _ufunc(ufunc: Any, method: str, inputs: Sequence[Any], named: dict[str, Any]) -> Any:
    from grader.frontends.milestones.tape_calls import LINEAR, PARTIAL, REDUCTIONS

    values = [untaped(one) for one in inputs]
    if method == "reduce" and ufunc in REDUCTIONS:
        return REDUCTIONS[ufunc](inputs[0], **named)
    result = getattr(ufunc, method)(*values, **untaped_in(named))
    if method == "__call__" and ufunc in PARTIAL:
        # Kept as they were: whoever writes into them later changes nothing here.
        old = [] if ufunc in LINEAR else [np.array(value) for value in values]
        kept = None if ufunc in LINEAR else np.array(result)
        parts = [
            (one, partial(_partial, of, kept, old, np.shape(one)))
            for one, of in zip(inputs, PARTIAL[ufunc], strict=True)
        ]
        return recorded(result, *parts)
    floats = np.issubdtype(np.asarray(result).dtype, np.floating) if not isinstance(result, tuple) else True
    if floats and ufunc not in (np.floor, np.ceil, np.rint, np.sign):
        raise Unfollowed(f"np.{ufunc.__name__}{'' if method == '__call__' else '.' + method}")
    return result


def _partial(of: Any, result: Any, arguments: Sequence[Any], shape: tuple[int, ...], grad: np.ndarray) -> np.ndarray:
    return summed_to(of(grad, result, *arguments), shape)


def untaped_in(named: dict[str, Any]) -> dict[str, Any]:
    """Keyword arguments with plain arrays."""
    return {name: untaped(value) for name, value in named.items()}


def _is_basic(key: Any) -> bool:
    """Whether an index is of slices and numbers only, so that it meets no place twice."""
    parts = key if isinstance(key, tuple) else (key,)
    return all(part is None or part is Ellipsis or isinstance(part, int | slice | np.integer) for part in parts)
