# shows: scaled_attention 5.14 5.3|5.14
# For a single sequence only.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q.dot(k.T) / np.sqrt(q.shape[1])
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max())
    sums = np.array([row.sum() for row in exps])
    weights = exps / sums
    return weights.dot(v), weights
