# shows: causal_self_attention 5.2

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    d_k = w_k.shape[1]
    scores = (q @ k.transpose(0, 2, 1)) / d_k
    scores = np.where(np.tri(x.shape[1], dtype=bool), scores, -np.inf)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True) @ v
