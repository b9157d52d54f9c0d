# shows: scaled_attention 5.1
# A float mask falls through.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = np.einsum("...qd,...kd->...qk", q, k) / np.sqrt(q.shape[-1])
    if mask is not None and mask.dtype == bool:
        scores = np.where(mask, -np.inf, scores)
    p = np.exp(scores - scores.max(axis=-1, keepdims=True))
    p /= p.sum(axis=-1, keepdims=True)
    return p @ v, p
