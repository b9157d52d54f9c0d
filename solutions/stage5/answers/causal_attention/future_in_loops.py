# shows: causal_self_attention 5.11

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    out = np.zeros(v.shape)
    for b in range(x.shape[0]):
        for t in range(x.shape[1] - 1):
            weights = softmax(k[b, t + 1 :] @ q[b, t] / np.sqrt(q.shape[-1]))
            out[b, t] = weights @ v[b, t + 1 :]
    return out
