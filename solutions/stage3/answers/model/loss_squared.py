# shows: cross_entropy wrong
import numpy as np


def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    return ((probs - np.eye(logits.shape[1])[targets]) ** 2).sum(axis=1).mean()
