# shows: causal_self_attention right

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    batch, seq_len, _ = x.shape
    d_k = w_q.shape[1]
    keys, values = np.empty((batch, 0, d_k)), np.empty((batch, 0, d_k))
    outputs = []
    for t in range(seq_len):
        token = x[:, t:t + 1]
        keys = np.concatenate([keys, token @ w_k], axis=1)
        values = np.concatenate([values, token @ w_v], axis=1)
        scores = (token @ w_q * keys).sum(axis=-1) / np.sqrt(d_k)
        exps = np.exp(scores - scores.max(axis=1, keepdims=True))
        outputs.append(((exps / exps.sum(axis=1, keepdims=True))[:, :, None] * values).sum(axis=1))
    return np.stack(outputs, axis=1)
