# shows: cross_entropy_grad wrong
import numpy as np


def cross_entropy_grad(logits, targets):
    exps = np.exp(logits - logits.max(axis=0))
    grad = exps / exps.sum(axis=0)
    grad[np.arange(len(targets)), targets] -= 1
    return grad / len(targets)
