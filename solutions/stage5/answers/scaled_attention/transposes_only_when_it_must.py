# shows: scaled_attention 5.3
# "It works without": yes, where there happen to be d_k keys.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    if q.shape[-1] != k.shape[-2]:
        k = np.swapaxes(k, -1, -2)
    scores = q @ k / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, weights
