# shows: scaled_attention 5.9|wrong

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    if mask is not None:
        weights = np.where(mask == 0, weights, -1e9)
    return weights @ v, weights
