# shows: causal_self_attention 5.2|wrong
# As if every score were the same: queries and keys are not looked at.

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    v = x @ w_v
    return np.cumsum(v, axis=1) / np.arange(1, x.shape[1] + 1)[:, None]
