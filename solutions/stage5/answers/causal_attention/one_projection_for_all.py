# shows: causal_self_attention right

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = np.split(x @ np.hstack([w_q, w_k, w_v]), 3, axis=-1)
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    scores += np.triu(np.full(scores.shape[1:], -np.inf), k=1)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True) @ v
