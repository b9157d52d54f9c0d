"""What becomes of activations in a stack of ten layers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.checks import Rng

LAYERS = 10
RUNS, INPUTS = 8, 4

# The spread at the start: a tanh is nearly straight there, so that it hides neither growth nor loss.
STARTS = {"tanh": 0.07, "relu": 1.0}


def growth_over_ten_layers(rng: Rng, weights: Sequence[np.ndarray], activation: str) -> float:
    """The spread of activations after ten layers, as a multiple of that at the start.

    `weights` are used in turn. In each of several runs the units are shuffled before each layer, which makes
    new layers of the same weights; the factor is the geometric mean over the runs.
    """
    x = STARTS[activation] * rng.standard_normal((RUNS, INPUTS, len(weights[0])))
    start = x.std(axis=(1, 2))
    for layer in range(LAYERS):
        order = rng.permuted(np.tile(np.arange(x.shape[-1]), (RUNS, 1)), axis=1)
        mixed = np.take_along_axis(x, order[:, None, :], axis=2) @ weights[layer % len(weights)]
        x = np.tanh(mixed) if activation == "tanh" else np.maximum(mixed, 0.0)
    spread = np.maximum(x.std(axis=(1, 2)), 1e-300)
    return float(np.exp(np.log(spread / start).mean()))
