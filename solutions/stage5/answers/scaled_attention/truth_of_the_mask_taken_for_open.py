# shows: scaled_attention 5.11
# -inf is true, as every number but 0 is.

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def scaled_attention(q, k, v, mask=None):
    scores = np.einsum("...id,...jd->...ij", q, k) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = np.where(mask, scores, float("-inf"))
    weights = softmax(scores)
    return np.einsum("...ij,...jd->...id", weights, v), weights
