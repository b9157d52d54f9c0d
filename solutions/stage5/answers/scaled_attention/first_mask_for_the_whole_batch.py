# shows: scaled_attention wrong
# Right for one mask that all share, wrong where each sequence has its own.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + (mask if mask.ndim == 2 else mask.reshape(-1, *mask.shape[-2:])[0])
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    return weights @ v, weights
