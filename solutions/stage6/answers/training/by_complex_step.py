# shows: cross_entropy_grad right
# The imaginary part of f(x + ih) over h is the derivative, with no rounding lost.
import numpy as np


def cross_entropy_grad(logits, targets, h=1e-30):
    rows = np.arange(len(targets))
    grad = np.empty(logits.shape)
    shifted = logits - logits.max(axis=1, keepdims=True)
    for v in range(logits.shape[1]):
        z = shifted.astype(complex)
        z[:, v] += 1j * h
        loss = np.log(np.exp(z).sum(axis=1)) - z[rows, targets]
        grad[:, v] = loss.imag / h / len(rows)
    return grad
