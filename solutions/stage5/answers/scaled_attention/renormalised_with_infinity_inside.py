# shows: scaled_attention 5.9
# The mask is added to the weights, which are then divided by -inf.

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def scaled_attention(q, k, v, mask=None):
    weights = softmax(q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]))
    if mask is not None:
        weights = weights + mask
        weights = weights / weights.sum(axis=-1, keepdims=True)
    return weights @ v, weights
