# shows: scaled_attention 5.3

import numpy as np


def scaled_attention(q, k, v, mask=None):
    k_t = np.transpose(k)
    scores = np.matmul(q, k_t) / np.sqrt(k.shape[-1])
    if mask is not None:
        scores = np.add(scores, mask)
    exps = np.exp(scores - np.amax(scores, axis=-1, keepdims=True))
    weights = exps / np.sum(exps, axis=-1, keepdims=True)
    return np.matmul(weights, v), weights
