# shows: causal_self_attention right

import math

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    result = []
    for seq in x:
        q, k, v = seq.dot(w_q), seq.dot(w_k), seq.dot(w_v)
        rows = []
        for i in range(len(seq)):
            scores = [float(q[i] @ k[j]) / math.sqrt(len(q[i])) for j in range(i + 1)]
            exps = [math.exp(s - max(scores)) for s in scores]
            rows.append(sum(e / sum(exps) * v[j] for j, e in enumerate(exps)))
        result.append(rows)
    return np.array(result)
