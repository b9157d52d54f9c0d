"""What becomes of activations in a stack of ten layers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NoReturn

import numpy as np

from grader.course.checks import Rng, mistake

LAYERS = 10

# Numbers multiplied per layer: so few that numpy does it in one thread, which is much faster on a busy machine.
WORK = 240_000

# The spread at the start: a tanh is nearly straight there, so that it hides neither growth nor loss.
STARTS = {"tanh": 0.07, "relu": 1.0}

# The variance that is asked for, times fan_in.
VARIANCES = {"tanh": 1.0, "relu": 2.0}


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


def name_scale(weights: np.ndarray, activation: str, end: float) -> NoReturn:
    """Tell what became of the activations, and what the weights have instead of a mean of 0 or of their scale."""
    fan_in, fan_out = weights.shape
    asked = math.sqrt(VARIANCES[activation] / fan_in)
    off, found, right = "standard deviation", float(weights.std()), asked
    if abs(weights.mean()) > 6 * max(asked, found) / math.sqrt(weights.size):
        off, found, right = "mean", float(weights.mean()), 0.0
    mistake(
        f"Activations of standard deviation {{start}} have {{end}} after ten {activation} layers with your weights. "
        f"Your weights for {{fan_in}} inputs and {{fan_out}} outputs have {off} {{found}}; {{right}} is asked for.",
        start=STARTS[activation],
        end=end,
        fan_in=fan_in,
        fan_out=fan_out,
        found=found,
        right=right,
    )


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
