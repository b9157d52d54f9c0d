# shows: cross_entropy_grad wrong
import numpy as np


def cross_entropy_grad(logits, targets):
    z = 5 * (logits - logits.max(axis=-1, keepdims=True))
    grad = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    grad[np.arange(len(targets)), targets] -= 1
    return grad / len(targets)
