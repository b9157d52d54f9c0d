"""The tape's gradients are those of small steps, for the calls that students write; what it loses is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.frontends.milestones.tape import Taped, gradients, taped, untaped
from grader.frontends.milestones.tape_makers import recording

RNG = np.random.default_rng(0)
X, W, V, Y = (RNG.normal(size=shape) for shape in ((3, 4, 6), (6, 5), (6,), (3, 5, 6)))


def in_place_softmax(s: Any) -> Any:
    s = s - s.max(axis=-1, keepdims=True)
    np.exp(s, out=s)
    s /= s.sum(axis=-1, keepdims=True)
    return s


def by_loops(x: Any) -> Any:
    out = np.empty_like(x)
    for b in range(len(x)):
        for t in range(x.shape[1]):
            row = x[b, t]
            out[b, t] = (row - row.mean()) / np.sqrt(((row - row.mean()) ** 2).mean() + 1e-5)
    return out


def masked_in_place(x: Any) -> Any:
    y = x.copy()
    y[y > 0.5] = 7.0
    return y


FOLLOWED: dict[str, tuple[Any, ...]] = {
    "a mean": (lambda x: x - x.mean(-1, keepdims=True), X),
    "np.mean": (lambda x: x - np.mean(x, axis=-1, keepdims=True), X),
    "a variance": (lambda x: x / np.sqrt(x.var(-1, keepdims=True) + 1e-5), X),
    "np.std": (lambda x: x / (np.std(x, axis=-1, keepdims=True) + 1e-5), X),
    "sums over two axes": (lambda x: np.sum(x, axis=(0, 2)), X),
    "a maximum": (lambda x: np.max(x, axis=1, keepdims=True), X),
    "a product": (lambda x, w: x @ w, X, W),
    "a product with a vector": (lambda x, v: x @ v, X, V),
    "a vector's product": (lambda v, w: v @ w, V, W),
    "np.dot with a cube": (lambda w, y: np.dot(w, y), W.T.copy(), Y.transpose(0, 2, 1).copy()),
    "products of a batch": (lambda x, y: x @ y.transpose(0, 2, 1), X, Y),
    "a product that repeats": (lambda x, y: np.matmul(x, np.swapaxes(y, -1, -2)), X, Y[0]),
    "einsum": (lambda x, y: np.einsum("btd,bsd->bts", x, y), X, Y),
    "einsum with dots": (lambda x, y: np.einsum("...td,...sd->...ts", x, y), X, Y),
    "einsum without an arrow": (lambda w, y: np.einsum("ij,jk", w, y), W.T.copy(), W),
    "einsum that sums": (lambda x: np.einsum("ijk->i", x), X),
    "a softmax in place": (in_place_softmax, X),
    "loops that fill": (by_loops, X),
    "a mask in place": (masked_in_place, X),
    "stack": (lambda x: np.stack([x[i] * 2 for i in range(3)], axis=1), X),
    "split and concatenate": (lambda x: np.concatenate([p * p for p in np.split(x, 3, axis=-1)], axis=1), X),
    "where": (lambda x: np.where(x > 0, x, 0.1 * x), X),
    "clip": (lambda x: np.clip(x, -0.5, 0.5) + np.maximum(x, 0.1), X),
    "triangles": (lambda x: np.tril(x) * np.triu(x, -1), X),
    "axes put in and out": (lambda x: np.squeeze(np.expand_dims(x, 1)[:1], 0)[:, None], X),
    "picked rows": (lambda x: x[np.array([0, 0, 2])], X),
    "powers": (lambda x: (x**2 + 1) ** -0.5 * np.tanh(x), X),
    "heads": (lambda x: x.reshape(3, 4, 2, 3).transpose(0, 2, 1, 3).reshape(3, -1), X),
    "moved axes": (lambda x: np.moveaxis(x, -1, 0) ** 2, X),
    "logarithms": (lambda x: np.log1p(x**2) + np.log(np.exp(x)) + np.sqrt(np.abs(x)), X),
}


def slopes(call: Callable[..., Any], *args: np.ndarray) -> list[tuple[float, float]]:
    """For each argument: by small steps, and by the tape."""
    rng, on_tape = np.random.default_rng(1), [taped(arg) for arg in args]
    result = call(*on_tape)
    right = call(*args)
    assert np.allclose(untaped(result), right)
    seed = rng.normal(size=np.shape(right))
    found = []
    for place, grad in enumerate(gradients(result, seed, on_tape)):
        way = rng.normal(size=args[place].shape)
        above, below = (
            call(*(arg + step * way if n == place else arg for n, arg in enumerate(args))) for step in (1e-5, -1e-5)
        )
        found.append((float(((above - below) * seed).sum() / 2e-5), float((grad * way).sum())))
    return found


@pytest.mark.parametrize("call", FOLLOWED)
def test_the_gradient_is_that_of_small_steps(call: str) -> None:
    for by_steps, by_tape in slopes(*FOLLOWED[call]):
        assert by_tape == pytest.approx(by_steps, rel=1e-4, abs=1e-7)


def test_what_a_new_array_took_in_is_lost_and_the_small_steps_show_it() -> None:
    def filled(x: Any) -> Any:
        out = np.zeros(x.shape)
        out[:] = x * 2
        return out

    ((by_steps, by_tape),) = slopes(filled, X)
    assert by_tape == 0.0 != by_steps


def test_writing_into_an_array_later_does_not_change_what_was_recorded() -> None:
    x = taped(X)
    y = np.exp(x)
    z = y * 2
    y[:] = 0.0
    (grad,) = gradients(z, np.ones(X.shape), [x])
    assert np.allclose(grad, 2 * np.exp(X))


def test_arrays_that_are_made_while_it_records_take_in_what_is_on_the_tape() -> None:
    def filled(x: Any) -> Any:
        out = np.zeros((3, 4, 6))
        for row in range(3):
            out[row] = np.asarray(x[row], dtype=float) * row
        return np.array([[out[0, 0], out[1, 1]], [out[2, 2], x[0, 0]]])

    makers = np.zeros, np.array
    with recording():
        ((by_steps, by_tape),) = slopes(filled, X)
        assert not isinstance(np.array([1.0, 2.0]), Taped)
    assert (np.zeros, np.array) == makers
    assert by_tape == pytest.approx(by_steps, rel=1e-4)
