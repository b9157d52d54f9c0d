# shows: scaled_attention 5.8
# Softmax over the last axis, but the scores had been turned.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    turned = np.swapaxes(scores, -1, -2)
    e = np.exp(turned - turned.max(axis=-1, keepdims=True))
    weights = np.swapaxes(e / e.sum(axis=-1, keepdims=True), -1, -2)
    return weights @ v, weights
