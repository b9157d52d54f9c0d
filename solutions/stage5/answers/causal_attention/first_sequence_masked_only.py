# shows: causal_self_attention 5.1|wrong

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    scores[0] += np.triu(np.full(scores.shape[1:], -np.inf), k=1)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True) @ v
