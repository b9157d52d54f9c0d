# shows: scaled_attention 5.14
# Sums in a list per sequence, laid over the columns.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = np.matmul(q, k.transpose(0, 2, 1)) / np.sqrt(q.shape[2])
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max(axis=2, keepdims=True))
    weights = np.stack([one / one.sum(axis=1) for one in exps])
    return np.matmul(weights, v), weights
