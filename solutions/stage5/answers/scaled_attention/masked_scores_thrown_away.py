# shows: scaled_attention 5.1
# The sum is computed, but nobody keeps it.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ k.swapaxes(-2, -1) * q.shape[-1] ** -0.5
    if mask is not None:
        np.add(scores, mask)
    e = np.exp(scores - scores.max(-1, keepdims=True))
    attn = e / e.sum(-1, keepdims=True)
    return attn @ v, attn
