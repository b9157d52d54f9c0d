# shows: scaled_attention 5.8
# numpy sums over all axes when it is told none.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - np.max(scores))
    weights = exps / np.sum(exps)
    return weights @ v, weights
