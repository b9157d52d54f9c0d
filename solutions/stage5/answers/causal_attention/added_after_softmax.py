# shows: causal_self_attention 5.9

import numpy as np


def softmax(scores):
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    weights = softmax(q @ k.swapaxes(1, 2) / np.sqrt(k.shape[-1]))
    weights = weights + np.triu(np.full(weights.shape[1:], -np.inf), k=1)
    return weights @ v
