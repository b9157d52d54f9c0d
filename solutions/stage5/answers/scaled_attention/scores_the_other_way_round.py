# shows: scaled_attention wrong|error
# Keys by queries, where queries by keys are asked.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = k @ np.swapaxes(q, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    return weights @ v, weights
