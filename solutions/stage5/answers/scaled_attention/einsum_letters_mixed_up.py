# shows: scaled_attention 5.3

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = np.einsum("...qd,...dk->...qk", q, k) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return np.einsum("...qk,...kv->...qv", weights, v), weights
