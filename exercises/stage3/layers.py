"""Stage 3: the layers of a small network."""

import numpy as np


def linear(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Apply a linear layer with a bias to each row of x.

    x: [B, I], weight: [I, O], bias: [O]  →  [B, O]

    >>> linear(np.array([[1.0, 2.0]]), np.array([[1.0, 0.0], [0.0, 3.0]]), np.array([10.0, 20.0]))
    array([[11., 26.]])
    """
    raise NotImplementedError


def init_weights(rng: np.random.Generator, fan_in: int, fan_out: int, activation: str) -> np.ndarray:
    """Draw the first weights of a layer, at a scale that keeps a deep stack of layers alive.

    All numbers have mean 0. Their variance is 1/fan_in where the layer feeds a tanh (Xavier) and
    2/fan_in where it feeds a ReLU (He). Whether they are drawn from a normal or a uniform
    distribution is up to you; draw them from `rng`, so that a seed gives the same weights again.

    rng, fan_in, fan_out, activation ("tanh" or "relu")  →  [fan_in, fan_out]

    >>> weights = init_weights(np.random.default_rng(0), 800, 500, "relu")
    >>> weights.shape
    (800, 500)
    >>> round(float(weights.var() * 800), 1)
    2.0
    """
    raise NotImplementedError


def leaky_relu(x: np.ndarray, slope: float = 0.01) -> np.ndarray:
    """Keep positive numbers as they are and multiply negative ones by slope.

    x: any shape  →  the same shape; 0 < slope ≤ 1

    >>> leaky_relu(np.array([-2.0, 3.0]), 0.1)
    array([-0.2,  3. ])
    """
    raise NotImplementedError


def leaky_relu_backward(grad_output: np.ndarray, x: np.ndarray, slope: float = 0.01) -> np.ndarray:
    """Compute the gradient of x from the gradient of leaky_relu(x, slope).

    grad_output, x: one shape, any  →  the same shape

    >>> leaky_relu_backward(np.array([5.0, 5.0]), np.array([-2.0, 3.0]), 0.1)
    array([0.5, 5. ])
    """
    raise NotImplementedError
