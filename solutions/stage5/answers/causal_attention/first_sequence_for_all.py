# shows: causal_self_attention wrong

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x[0] @ w_q, x[0] @ w_k, x[0] @ w_v
    scores = q @ k.T / np.sqrt(q.shape[-1])
    scores = scores + np.triu(np.full(scores.shape, -np.inf), k=1)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    output = exps / exps.sum(axis=-1, keepdims=True) @ v
    return np.repeat(output[None], len(x), axis=0)
