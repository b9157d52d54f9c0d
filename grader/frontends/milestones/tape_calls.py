"""The derivatives that the tape knows: of ufuncs, of reductions, and of numpy's functions that are neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader.frontends.milestones.tape import Taped, Unfollowed, recorded, summed_to, untaped

# Of a gradient, the result and the arguments: the gradient by each argument.
Partial = Callable[..., Any]


def _flipped(x: Any) -> Any:
    return x.swapaxes(-1, -2)


def _by_left(g: Any, y: Any, a: Any, b: Any) -> Any:
    if b.ndim == 1:
        return g[..., None] * b
    return (g[..., None, :] @ _flipped(b))[..., 0, :] if a.ndim == 1 else g @ _flipped(b)


def _by_right(g: Any, y: Any, a: Any, b: Any) -> Any:
    if b.ndim == 1:
        return np.tensordot(g, a, g.ndim) if a.ndim > 1 else g * a
    if a.ndim == 1:
        return a[:, None] * g[..., None, :]
    if b.ndim == 2 and a.ndim > 2:
        # One product, where a batch of them and their sum would take many.
        return a.reshape(-1, a.shape[-1]).T @ g.reshape(-1, g.shape[-1])
    return _flipped(a) @ g


def _by_exponent(g: Any, y: Any, a: Any, b: Any) -> Any:
    return g * y * np.log(np.where(a > 0, a, 1.0))


def _none(g: np.ndarray, *_: np.ndarray) -> np.ndarray:
    return np.zeros_like(g)


def _chosen(larger: bool) -> tuple[Partial, Partial]:
    """By the two arguments of a maximum or minimum; where both are equal, half each."""

    def share(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        return np.where(a == b, 0.5, (a > b) if larger else (a < b))

    return lambda g, y, a, b: g * share(a, b), lambda g, y, a, b: g * share(b, a)


PARTIAL: dict[Any, tuple[Partial, ...]] = {
    np.add: (lambda g, *_: g, lambda g, *_: g),
    np.subtract: (lambda g, *_: g, lambda g, *_: -g),
    np.multiply: (lambda g, y, a, b: g * b, lambda g, y, a, b: g * a),
    np.divide: (lambda g, y, a, b: g / b, lambda g, y, a, b: -g * y / b),
    np.power: (lambda g, y, a, b: g * b * a ** (b - 1), _by_exponent),
    np.float_power: (lambda g, y, a, b: g * b * a ** (b - 1), _by_exponent),
    np.maximum: _chosen(larger=True),
    np.minimum: _chosen(larger=False),
    np.matmul: (_by_left, _by_right),
    np.negative: (lambda g, *_: -g,),
    np.positive: (lambda g, *_: g,),
    np.exp: (lambda g, y, a: g * y,),
    np.exp2: (lambda g, y, a: g * y * np.log(2),),
    np.expm1: (lambda g, y, a: g * (y + 1),),
    np.log: (lambda g, y, a: g / a,),
    np.log1p: (lambda g, y, a: g / (1 + a),),
    np.sqrt: (lambda g, y, a: g / (2 * y),),
    np.square: (lambda g, y, a: 2 * g * a,),
    np.reciprocal: (lambda g, y, a: -g * y * y,),
    np.tanh: (lambda g, y, a: g * (1 - y * y),),
    np.absolute: (lambda g, y, a: g * np.sign(a),),
    np.logaddexp: (lambda g, y, a, b: g * np.exp(a - y), lambda g, y, a, b: g * np.exp(b - y)),
}


# Their derivatives need neither the arguments nor the result.
LINEAR = frozenset({np.add, np.subtract, np.negative, np.positive})


def _spread(value: np.ndarray, shape: tuple[int, ...], axis: Any, keepdims: bool) -> np.ndarray:
    """A reduced array over its axes again."""
    if axis is not None and not keepdims:
        value = np.expand_dims(value, axis)
    return np.broadcast_to(value, shape)


def _sum(x: Any, axis: Any = 0, keepdims: bool = False, dtype: Any = None, **named: Any) -> Any:
    shape = np.shape(x)
    found = np.add.reduce(untaped(x), axis=axis, keepdims=keepdims, dtype=dtype, **named)
    return recorded(found, (x, lambda g: np.array(_spread(g, shape, axis, keepdims))))


def _extreme(ufunc: Any) -> Callable[..., Any]:
    def reduced(x: Any, axis: Any = 0, keepdims: bool = False, **named: Any) -> Any:
        values = np.array(untaped(x))
        found = ufunc.reduce(values, axis=axis, keepdims=keepdims, **untaped(named))
        chosen = values == _spread(np.asarray(found), values.shape, axis, keepdims)
        share = chosen / chosen.sum(axis=axis, keepdims=True)
        return recorded(found, (x, lambda g: share * _spread(g, values.shape, axis, keepdims)))

    return reduced


def _logaddexp(x: Any, axis: Any = 0, keepdims: bool = False, **named: Any) -> Any:
    values = np.array(untaped(x))
    found = np.logaddexp.reduce(values, axis=axis, keepdims=keepdims, **named)
    share = np.exp(values - _spread(np.asarray(found), values.shape, axis, keepdims))
    return recorded(found, (x, lambda g: share * _spread(g, values.shape, axis, keepdims)))


def _inner(a: Any, b: Any) -> Any:
    return _dot(a, b if np.ndim(b) < 2 else np.swapaxes(b, -1, -2))


REDUCTIONS: dict[Any, Callable[..., Any]] = {
    np.add: _sum,
    np.maximum: _extreme(np.maximum),
    np.minimum: _extreme(np.minimum),
    np.logaddexp: _logaddexp,
}


def _dot(a: Any, b: Any, out: Any = None) -> Any:
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return np.multiply(a, b)
    if np.ndim(b) <= 2:
        return np.matmul(a, b)
    # Over the last axis of a and the last but one of b, and all others beside one another.
    flat = np.moveaxis(b, -2, 0)
    return np.matmul(a, flat.reshape(len(flat), -1)).reshape(*np.shape(a)[:-1], *flat.shape[1:])


def _where(condition: Any, *choices: Any) -> Any:
    if not choices:
        return np.where(untaped(condition))
    chosen = np.array(untaped(condition), dtype=bool)
    yes, no = choices
    return recorded(
        np.where(chosen, untaped(yes), untaped(no)),
        (yes, lambda g: summed_to(np.where(chosen, g, 0), np.shape(yes))),
        (no, lambda g: summed_to(np.where(chosen, 0, g), np.shape(no))),
    )


def _concatenate(arrays: Sequence[Any], axis: Any = 0, **named: Any) -> Any:
    arrays = list(arrays)
    found = np.concatenate([untaped(one) for one in arrays], axis=axis, **named)
    if axis is None:
        raise Unfollowed("np.concatenate with axis=None")
    ends = np.cumsum([np.shape(one)[axis] for one in arrays])
    parts = []
    for one, end in zip(arrays, ends, strict=True):
        own = np.arange(end - np.shape(one)[axis], end)
        parts.append((one, lambda g, own=own: np.take(g, own, axis=axis)))
    return recorded(found, *parts)


def _einsum(formula: Any, *operands: Any, **named: Any) -> Any:
    if not isinstance(formula, str):
        raise Unfollowed("np.einsum without a formula in letters")
    values = [np.array(untaped(one)) for one in operands]
    inputs, output = _letters(formula, values)
    found = np.einsum(f"{','.join(inputs)}->{output}", *values)
    sizes = {x: size for own, v in zip(inputs, values, strict=True) for x, size in zip(own, v.shape, strict=True)}

    def by(place: int) -> Callable[[np.ndarray], np.ndarray]:
        def back(g: np.ndarray) -> np.ndarray:
            others = [(i, v) for n, (i, v) in enumerate(zip(inputs, values, strict=True)) if n != place]
            own = inputs[place]
            known = "".join(x for x in own if x in output or any(x in i for i, _ in others))
            grad = np.einsum(f"{','.join([output, *(i for i, _ in others)])}->{known}", g, *(v for _, v in others))
            grad = grad.reshape([sizes[x] if x in known else 1 for x in own])
            return np.broadcast_to(grad, values[place].shape)

        return back

    return recorded(found, *((one, by(place)) for place, one in enumerate(operands)))


def _letters(formula: str, values: Sequence[np.ndarray]) -> tuple[list[str], str]:
    """A formula's parts with letters for its dots; the output's too where it names none."""
    left, arrow, output = formula.replace(" ", "").partition("->")
    inputs, free = left.split(","), [chr(code) for code in range(65, 91) if chr(code) not in formula]
    most = 0
    for place, (own, value) in enumerate(zip(inputs, values, strict=True)):
        if "..." in own:
            dots = value.ndim - len(own) + 3
            most = max(most, dots)
            inputs[place] = own.replace("...", "".join(free[-dots:]) if dots else "")
    if not arrow:
        joined = "".join(inputs)
        output = "".join(sorted(x for x in set(joined) if joined.count(x) == 1))
    output = output.replace("...", "".join(free[-most:]) if most else "")
    if any(len(set(own)) < len(own) for own in inputs):
        raise Unfollowed(f"np.einsum({formula!r})")
    return inputs, output


def _broadcast_to(x: Any, shape: Any, **named: Any) -> Any:
    before = np.shape(x)
    return recorded(np.array(np.broadcast_to(untaped(x), shape)), (x, lambda g: summed_to(g, before)))


def _mean(x: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False, **named: Any) -> Any:
    total = _sum(x, axis=axis, keepdims=bool(keepdims))
    return total / (np.size(x) / max(1, np.size(total)))


def _clip(x: Any, a_min: Any = None, a_max: Any = None, out: Any = None, **named: Any) -> Any:
    low, high = named.get("min", a_min), named.get("max", a_max)
    x = x if low is None else np.maximum(x, low)
    return x if high is None else np.minimum(x, high)


def _copy(x: Any, *args: Any, **named: Any) -> Any:
    return x.copy() if isinstance(x, Taped) else np.array(x)


def _plain(func: Any) -> Callable[..., Any]:
    """A function whose result has no gradient, such as an argmax or a shape."""
    return lambda *args, **named: func(*map(untaped, args), **{k: untaped(v) for k, v in named.items()})


CALLS: dict[Any, Callable[..., Any]] = {
    np.dot: _dot,
    np.inner: _inner,
    np.where: _where,
    np.concatenate: _concatenate,
    np.einsum: _einsum,
    np.broadcast_to: _broadcast_to,
    np.mean: _mean,
    np.copy: _copy,
    np.clip: _clip,
    **{f: _plain(f) for f in (np.argmax, np.argmin, np.argsort, np.allclose, np.array_equal, np.isclose, np.shape)},
    **{f: _plain(f) for f in (np.zeros_like, np.ones_like, np.bincount, np.array2string, np.array_repr, np.array_str)},
}
