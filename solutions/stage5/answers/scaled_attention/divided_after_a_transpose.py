# shows: scaled_attention right
# The sums are laid over the columns of the transposed.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    turned = np.moveaxis(exps, -1, 0) / exps.sum(axis=-1)
    weights = np.moveaxis(turned, 0, -1)
    return weights @ v, weights
