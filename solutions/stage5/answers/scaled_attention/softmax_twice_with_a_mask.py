# shows: scaled_attention wrong
# The second softmax sees numbers between 0 and 1 and makes them nearly equal.

import numpy as np


def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def scaled_attention(q, k, v, mask=None):
    weights = softmax(q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]))
    if mask is not None:
        weights = softmax(weights + mask)
    return weights @ v, weights
