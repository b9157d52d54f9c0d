# shows: scaled_attention 5.2|wrong
# Divides after the softmax: the weights are as peaked as ever, and sum to less than one.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2)
    if mask is not None:
        scores = scores + mask
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    weights = weights / np.sqrt(q.shape[-1])
    return weights @ v, weights
