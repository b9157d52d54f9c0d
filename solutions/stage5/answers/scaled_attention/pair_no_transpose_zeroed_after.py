# shows: scaled_attention 5.3 5.9

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ k / np.sqrt(q.shape[-1])
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    if mask is not None:
        weights = np.where(mask == 0, weights, 0)
    return weights @ v, weights
