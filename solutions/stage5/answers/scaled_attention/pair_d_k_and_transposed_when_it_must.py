# shows: scaled_attention 5.2 5.3

import numpy as np


def scaled_attention(q, k, v, mask=None):
    d_k = q.shape[-1]
    if k.shape[-2] != d_k:
        k = k.swapaxes(-1, -2)
    scores = q @ k / d_k
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    return weights @ v, weights
