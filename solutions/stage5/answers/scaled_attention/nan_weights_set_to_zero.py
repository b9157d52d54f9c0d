# shows: scaled_attention wrong|5.9|5.12
# 0 · inf, cleaned away after the softmax: nothing is left.

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + (mask != 0) * -np.inf
    weights = np.nan_to_num(softmax(scores))
    return weights @ v, weights
