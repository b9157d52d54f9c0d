# shows: scaled_attention 5.2

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scale = 1.0 / np.sqrt(v.shape[-1])
    scores = np.einsum("...qd,...kd->...qk", q, k) * scale
    if mask is not None:
        scores = scores + mask
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights /= weights.sum(axis=-1, keepdims=True)
    return weights @ v, weights
