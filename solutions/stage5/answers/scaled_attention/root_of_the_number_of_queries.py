# shows: scaled_attention 5.2

import numpy as np


def scaled_attention(q, k, v, mask=None):
    seq_len = q.shape[-2]
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(seq_len)
    if mask is not None:
        scores = scores + mask
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, weights
