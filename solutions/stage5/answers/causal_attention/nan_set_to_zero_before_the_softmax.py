# shows: causal_self_attention wrong|5.1
# 0 · inf, and then all NaN are zeros: every visible score is 0.

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])
    scores = scores + np.triu(np.ones(scores.shape[1:]), 1) * -np.inf
    return softmax(np.where(np.isnan(scores), 0.0, scores)) @ v
