# shows: scaled_attention 5.1 5.8

import numpy as np


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def scaled_attention(q, k, v, mask=None):
    weights = softmax(q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1]))
    return weights @ v, weights
