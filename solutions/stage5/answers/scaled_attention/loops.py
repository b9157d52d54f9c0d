# shows: scaled_attention right

import math

import numpy as np


def attend(query, keys, values, mask_row):
    scores = []
    for key, extra in zip(keys, mask_row):
        scores.append(sum(float(a) * float(b) for a, b in zip(query, key)) / math.sqrt(len(query)) + float(extra))
    top = max(scores)
    exps = [math.exp(s - top) for s in scores]
    weights = [e / sum(exps) for e in exps]
    output = [sum(w * float(value[j]) for w, value in zip(weights, values)) for j in range(values.shape[1])]
    return output, weights


def scaled_attention(q, k, v, mask=None):
    lead, n_q, n_k = q.shape[:-2], q.shape[-2], k.shape[-2]
    output = np.zeros((*lead, n_q, v.shape[-1]))
    weights = np.zeros((*lead, n_q, n_k))
    mask = np.broadcast_to(0.0 if mask is None else mask, weights.shape)
    for where in np.ndindex(*lead):
        for i in range(n_q):
            output[where + (i,)], weights[where + (i,)] = attend(q[where][i], k[where], v[where], mask[where][i])
    return output, weights
