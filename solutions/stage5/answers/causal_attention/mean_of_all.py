# shows: causal_self_attention 5.1|5.2|wrong

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    v = x @ w_v
    return np.repeat(v.mean(axis=1, keepdims=True), x.shape[1], axis=1)
