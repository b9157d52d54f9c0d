# shows: causal_self_attention 5.12
# From a causal_mask that multiplies by infinity.

import numpy as np


def softmax(scores):
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True)


def causal_mask(seq_len):
    return np.triu(np.ones((seq_len, seq_len)), k=1) * -np.inf


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    scores = q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1]) + causal_mask(x.shape[1])
    return softmax(scores) @ v
