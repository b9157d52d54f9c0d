# shows: scaled_attention 5.11 5.14

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask == 0, -1e9, scores)
    exps = np.exp(scores)
    weights = exps / exps.sum(axis=-1)
    return weights @ v, weights
