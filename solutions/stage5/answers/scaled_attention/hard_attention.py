# shows: scaled_attention wrong
# All the weight to the best key.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    weights = (scores == scores.max(axis=-1, keepdims=True)).astype(float)
    return weights @ v, weights
