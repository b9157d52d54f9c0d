# shows: scaled_attention 5.3 5.9

import numpy as np


def scaled_attention(q, k, v, mask=None):
    k_t = np.reshape(k, (*k.shape[:-2], k.shape[-1], k.shape[-2]))
    scores = q @ k_t / np.sqrt(q.shape[-1])
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    if mask is not None:
        weights = weights + mask
    return weights @ v, weights
