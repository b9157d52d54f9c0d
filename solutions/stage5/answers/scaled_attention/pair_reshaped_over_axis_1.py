# shows: scaled_attention 5.3 5.8

import numpy as np


def scaled_attention(q, k, v, mask=None):
    k_t = k.reshape(k.shape[:-2] + (k.shape[-1], k.shape[-2]))
    scores = q @ k_t / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores)
    weights = exps / exps.sum(axis=1, keepdims=True)
    return weights @ v, weights
