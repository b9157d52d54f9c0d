# shows: scaled_attention 5.14

import numpy as np


def softmax(x):
    e = np.exp(x - np.max(x))
    return e / np.sum(e, axis=-1)


def scaled_attention(q, k, v, mask=None):
    scores = np.matmul(q, np.swapaxes(k, -2, -1)) / np.sqrt(k.shape[-1])
    if mask is not None:
        scores += mask
    weights = softmax(scores)
    return np.matmul(weights, v), weights
