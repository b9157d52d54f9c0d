# shows: scaled_attention right

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max(axis=-1)[..., None])
    weights = exps / exps.sum(axis=-1)[..., np.newaxis]
    return weights @ v, weights
