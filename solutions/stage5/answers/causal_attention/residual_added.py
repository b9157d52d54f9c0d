# shows: causal_self_attention wrong|error
# The widths need not even fit.

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    scores = scores + np.triu(np.full(scores.shape[1:], -np.inf), k=1)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return x + exps / exps.sum(axis=-1, keepdims=True) @ v
