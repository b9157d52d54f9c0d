"""What becomes of activations in a stack of ten layers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from grader.course.checks import Rng

LAYERS = 10

# Numbers multiplied per layer: so few that numpy does it in one thread, which is much faster on a busy machine.
WORK = 240_000

# The spread at the start: a tanh is nearly straight there, so that it hides neither growth nor loss.
STARTS = {"tanh": 0.07, "relu": 1.0}


def spread_after_ten_layers(rng: Rng, weights: Sequence[np.ndarray], activation: str) -> float:
    """The standard deviation of activations after ten layers; it starts at STARTS, and `weights` are used in turn.

    The inputs are shuffled before each layer, which makes new layers of the same weights.
    """
    layers = (_shuffled(rng, weights[layer % len(weights)]) for layer in range(LAYERS))
    return _spread(rng, layers, weights[0].shape, activation)


def spread_after_ten_wide_layers(rng: Rng, parts: Sequence[np.ndarray], activation: str) -> float:
    """The same for layers as wide out as in, each put together from n parts [I, I / n] that were drawn by themselves.

    Such a stack shows weights whose size follows the number of outputs: with them, every layer makes the same error.
    """
    pool = np.concatenate(parts)
    layers = (np.hstack(np.split(_shuffled(rng, pool), len(parts))) for _ in range(LAYERS))
    return _spread(rng, layers, (len(parts[0]), len(parts[0])), activation)


def _shuffled(rng: Rng, rows: np.ndarray) -> np.ndarray:
    """The rows in another order; much faster than `rng.permutation(rows)`."""
    result: np.ndarray = rows[rng.permutation(len(rows))]
    return result


def _spread(rng: Rng, layers: Iterator[np.ndarray], shape: tuple[int, ...], activation: str) -> float:
    x = STARTS[activation] * rng.standard_normal((max(1, WORK // int(np.prod(shape))), shape[0]))
    x *= STARTS[activation] / float(x.std())
    for weights in layers:
        x = np.tanh(x @ weights) if activation == "tanh" else np.maximum(x @ weights, 0.0)
    return float(x.std())
