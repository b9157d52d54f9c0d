# shows: scaled_attention right
# After the softmax, but the rest of each row is made to sum to one again.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    if mask is not None:
        weights = weights * np.exp(mask)
        weights = weights / weights.sum(axis=-1, keepdims=True)
    return weights @ v, weights
