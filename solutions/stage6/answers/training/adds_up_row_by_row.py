# shows: cross_entropy_grad 6.14
import numpy as np


def cross_entropy_grad(logits, targets):
    grad = np.zeros(logits.shape)
    for row, target in enumerate(targets):
        exps = np.exp(logits[row] - logits[row].max())
        grad[row] += exps / exps.sum()
        grad[row, target] -= 1.0
    return grad
