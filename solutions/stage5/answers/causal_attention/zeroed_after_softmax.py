# shows: causal_self_attention 5.9

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    weights[:, np.triu(np.ones(weights.shape[1:], dtype=bool), k=1)] = 0
    return weights @ v
