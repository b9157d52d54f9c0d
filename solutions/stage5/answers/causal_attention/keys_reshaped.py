# shows: causal_self_attention wrong
# Not a transpose: the numbers of several tokens, later ones too, get mixed into each key.

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    batch, seq_len, d_k = k.shape
    scores = q @ k.reshape(batch, d_k, seq_len) / np.sqrt(d_k)
    scores = scores + np.triu(np.full(scores.shape[1:], -np.inf), k=1)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True) @ v
