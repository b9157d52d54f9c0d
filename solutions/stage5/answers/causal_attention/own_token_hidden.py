# shows: causal_self_attention wrong
# Sees the past but not itself; the first token keeps its own value.

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    hidden = np.triu(np.ones(scores.shape[1:], dtype=bool))
    hidden[0, 0] = False
    scores = np.where(hidden, -np.inf, scores)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True) @ v
