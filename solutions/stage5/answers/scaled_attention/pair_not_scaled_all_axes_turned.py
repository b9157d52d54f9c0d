# shows: scaled_attention 5.2 5.3
# For one sequence only the scale is wrong, for a batch both are.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ k.T
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    return weights @ v, weights
