# shows: causal_self_attention 5.12

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    visible = np.tri(x.shape[1])
    return softmax(scores * visible + (1 - visible) * float("-inf")) @ v
