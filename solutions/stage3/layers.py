"""Stage 3: the layers of a small network."""

import numpy as np


def linear(x: np.ndarray, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
    """Apply a linear layer to each row: [B, I] @ [I, O] + [O] → [B, O]."""
    return x @ weight + bias


def init_weights(rng: np.random.Generator, fan_in: int, fan_out: int, activation: str) -> np.ndarray:
    """Draw [fan_in, fan_out] with variance 1/fan_in before a tanh (Xavier), 2/fan_in before a ReLU (He)."""
    variance = {"tanh": 1.0, "relu": 2.0}[activation] / fan_in
    return rng.normal(0.0, np.sqrt(variance), size=(fan_in, fan_out))


def leaky_relu(x: np.ndarray, slope: float = 0.01) -> np.ndarray:
    """Multiply negative numbers by slope and keep the others."""
    return np.where(x > 0, x, slope * x)


def leaky_relu_backward(grad_output: np.ndarray, x: np.ndarray, slope: float = 0.01) -> np.ndarray:
    """Pass the gradient where x is positive, slope times the gradient elsewhere."""
    return np.where(x > 0, grad_output, slope * grad_output)
