"""The first step of the backward pass: from the loss to the logits."""

import numpy as np


def cross_entropy_grad(logits: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The gradient [B, V] of the mean cross-entropy: the probabilities, less one at the target."""
    n_rows = len(logits)
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    grad = exps / exps.sum(axis=-1, keepdims=True)
    grad[np.arange(n_rows), targets] -= 1
    return grad / n_rows
