# shows: causal_self_attention wrong
# Each position copies the next value.

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def causal_self_attention(x, w_q, w_k, w_v):
    return np.roll(x @ w_v, -1, axis=1)
