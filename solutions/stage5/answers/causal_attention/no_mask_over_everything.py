# shows: causal_self_attention 5.1

import numpy as np


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    return softmax(q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1])) @ v
