# shows: scaled_attention 5.1|wrong

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        masked = scores + mask
        first = (0,) * (scores.ndim - 2)
        scores[first] = masked[first]
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    return weights @ v, weights
