# shows: scaled_attention right

from functools import partial

import numpy as np


def attend(softmax, q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    weights = softmax(scores if mask is None else scores + mask)
    return weights @ v, weights


def softmax(x, axis):
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


scaled_attention = partial(attend, partial(softmax, axis=-1))
