# shows: scaled_attention 5.2 5.14

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2)
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores)
    weights = exps / exps.sum(axis=-1)
    return weights @ v, weights
