# shows: causal_self_attention 5.1

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    out = []
    for seq in x:
        q, k, v = seq @ w_q, seq @ w_k, seq @ w_v
        rows = []
        for query in q:
            scores = k @ query / np.sqrt(len(query))
            weights = np.exp(scores - scores.max())
            rows.append((weights / weights.sum()) @ v)
        out.append(rows)
    return np.array(out)
