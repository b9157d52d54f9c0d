# shows: causal_self_attention 5.2
# len() of a matrix counts its rows.

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ np.swapaxes(k, -1, -2) / len(w_q) ** 0.5
    scores = scores + np.triu(np.full(scores.shape[1:], -1e9), k=1)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True) @ v
