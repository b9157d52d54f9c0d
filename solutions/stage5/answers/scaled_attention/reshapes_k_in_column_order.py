# shows: scaled_attention 5.3

import numpy as np


def scaled_attention(q, k, v, mask=None):
    shape = (*k.shape[:-2], k.shape[-1], k.shape[-2])
    scores = q @ np.reshape(k, shape, order="F") / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    e = np.exp(scores)
    weights = e / e.sum(axis=-1, keepdims=True)
    return weights @ v, weights
