# shows: scaled_attention wrong
# Square masks are read keys by queries.

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None and mask.shape[-1] == mask.shape[-2]:
        scores = scores + np.swapaxes(mask, -1, -2)
    elif mask is not None:
        scores = scores + mask
    weights = softmax(scores)
    return weights @ v, weights
