# shows: scaled_attention wrong

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    weights = 1 / (1 + np.exp(-scores))
    return weights @ v, weights
