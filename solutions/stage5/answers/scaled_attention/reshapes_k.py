# shows: scaled_attention 5.3
# The shape is right, the numbers are in the wrong places.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    d_k, n_keys = k.shape[-1], k.shape[-2]
    k_t = k.reshape(*k.shape[:-2], d_k, n_keys)
    scores = q @ k_t / np.sqrt(d_k)
    if mask is not None:
        scores = scores + mask
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, weights
