# shows: causal_self_attention 5.1
# Indexing with a list of indices gives a copy, and the -inf goes into that.

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    rows, columns = np.triu_indices(x.shape[1], k=1)
    scores[:, rows, columns][:] = -np.inf
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True) @ v
