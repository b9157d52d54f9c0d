# shows: causal_self_attention 5.1

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    seq_len = x.shape[1]
    mask = np.triu(np.full((seq_len, seq_len), -np.inf), k=1)
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = np.einsum("bqd,bkd->bqk", q, k) / np.sqrt(k.shape[-1])
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True) @ v
