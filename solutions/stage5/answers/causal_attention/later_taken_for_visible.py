# shows: causal_self_attention 5.11

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = np.einsum("btd,bsd->bts", q, k) / k.shape[-1] ** 0.5
    visible = np.triu(np.ones(scores.shape[1:]), 1)
    scores = np.where(visible == 0, -1e9, scores)
    return np.einsum("bts,bsd->btd", softmax(scores), v)
