# shows: causal_self_attention wrong

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    exps = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1]))
    return np.tril(exps) @ v
