# shows: cross_entropy wrong
import numpy as np


def cross_entropy(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return np.mean(-np.log10(p[np.arange(len(targets)), targets] + 1e-30))
