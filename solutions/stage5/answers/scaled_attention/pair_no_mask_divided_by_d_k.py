# shows: scaled_attention 5.1 5.2

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = np.einsum("...qd,...kd->...qk", q, k) / len(q[..., 0, :].T)
    if mask is not None:
        scores + mask
    p = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return p @ v, p
