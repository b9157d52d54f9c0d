# shows: scaled_attention 5.3

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.moveaxis(k, -1, 0) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, weights
