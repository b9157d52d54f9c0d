# shows: scaled_attention right
# The fourth root on each side makes the square root together.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    fourth = q.shape[-1] ** 0.25
    scores = (q / fourth) @ np.swapaxes(k / fourth, -1, -2)
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    return weights @ v, weights
