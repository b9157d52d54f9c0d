# shows: scaled_attention 5.8
# The axis before the queries: the heads, or the batch where there are no heads.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    axis = max(-scores.ndim, -3)
    exps = np.exp(scores)
    weights = exps / exps.sum(axis=axis, keepdims=True)
    return weights @ v, weights
