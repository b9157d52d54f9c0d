# shows: causal_self_attention right

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    scores = np.einsum("bqi,id,jd,bkj->bqk", x, w_q, w_k, x, optimize=True) / np.sqrt(w_q.shape[1])
    t = np.arange(x.shape[1])
    scores[:, t[:, None] < t[None, :]] = -np.inf
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    return np.einsum("bqk,bki,id->bqd", weights, x, w_v)
