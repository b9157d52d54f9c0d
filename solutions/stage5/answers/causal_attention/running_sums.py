# shows: causal_self_attention right

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    q, k, v = x @ w_q, x @ w_k, x @ w_v
    exps = np.exp(q @ k.swapaxes(1, 2) / np.sqrt(q.shape[-1]))
    output = np.empty_like(q)
    for i in range(x.shape[1]):
        up_to_here = exps[:, i, : i + 1]
        output[:, i] = (up_to_here[..., None] * v[:, : i + 1]).sum(axis=1) / up_to_here.sum(axis=1)[:, None]
    return output
