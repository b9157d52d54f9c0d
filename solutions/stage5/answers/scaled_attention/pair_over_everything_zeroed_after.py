# shows: scaled_attention 5.8 5.9

import numpy as np


def scaled_attention(q, k, v, mask=None):
    exps = np.exp(q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]))
    weights = exps / exps.sum()
    if mask is not None:
        weights = np.where(mask < 0, 0.0, weights)
    return weights @ v, weights
