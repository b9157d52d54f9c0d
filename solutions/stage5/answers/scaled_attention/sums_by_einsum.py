# shows: scaled_attention 5.14

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = np.einsum("...qd,...kd->...qk", q, k) / np.sqrt(q.shape[-1])
    scores = scores if mask is None else scores + mask
    exps = np.exp(scores)
    total = np.einsum("...qk->...q", exps)
    weights = exps / total
    return weights @ v, weights
