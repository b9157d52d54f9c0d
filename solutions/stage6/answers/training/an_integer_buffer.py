# shows: cross_entropy_grad degenerate|wrong
import numpy as np


def cross_entropy_grad(logits, targets):
    grad = np.zeros(logits.shape, dtype=int)
    for row, target in enumerate(targets):
        exps = np.exp(logits[row] - logits[row].max())
        grad[row] = exps / exps.sum() * 1000
        grad[row, target] -= 1000
    return grad // (1000 * len(targets))
