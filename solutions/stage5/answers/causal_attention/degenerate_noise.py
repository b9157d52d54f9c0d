# shows: causal_self_attention degenerate

import numpy as np


def causal_self_attention(x, w_q, w_k, w_v):
    return np.random.normal(size=(x.shape[0], x.shape[1], w_v.shape[1]))
