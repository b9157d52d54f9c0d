# shows: scaled_attention 5.1|wrong
# The output is right, the weights returned are those without a mask.

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    weights = softmax(scores)
    output = weights @ v if mask is None else softmax(scores + mask) @ v
    return output, weights
