# shows: scaled_attention 5.2
# Twice the root is the whole d_k.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    q = q / np.sqrt(q.shape[-1])
    k = k / np.sqrt(k.shape[-1])
    scores = q @ np.swapaxes(k, -1, -2)
    if mask is not None:
        scores = scores + mask
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, weights
