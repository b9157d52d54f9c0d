# shows: scaled_attention 5.11

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def scaled_attention(q, k, v, mask=None):
    scores = np.matmul(q, k.swapaxes(-2, -1)) / np.sqrt(k.shape[-1])
    if mask is not None:
        closed = np.broadcast_to(np.isfinite(mask), scores.shape)
        scores[closed] = -1e4
    weights = softmax(scores)
    return np.matmul(weights, v), weights
