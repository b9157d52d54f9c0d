# shows: scaled_attention 5.9
# The denominator still counts the keys that are taken away in the numerator.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    exps = np.exp(q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]))
    total = exps.sum(axis=-1, keepdims=True)
    if mask is not None:
        exps = exps * np.exp(mask)
    weights = exps / total
    return weights @ v, weights
