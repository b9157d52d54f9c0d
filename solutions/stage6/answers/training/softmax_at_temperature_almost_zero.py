# shows: cross_entropy_grad 6.9
# Meant to "let the gradient through" the argmax; at this temperature it is the argmax.
import numpy as np


def cross_entropy_grad(logits, targets):
    sharp = 1e9 * (logits - logits.max(axis=-1, keepdims=True))
    hard = np.exp(sharp) / np.exp(sharp).sum(axis=-1, keepdims=True)
    hard[np.arange(len(targets)), targets] -= 1
    return hard / len(targets)
