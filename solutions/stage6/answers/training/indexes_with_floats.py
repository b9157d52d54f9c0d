# shows: cross_entropy_grad error
import numpy as np


def cross_entropy_grad(logits, targets):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    grad = exps / exps.sum(axis=-1, keepdims=True)
    grad[np.arange(len(targets)), targets.astype(float)] -= 1
    return grad / len(targets)
