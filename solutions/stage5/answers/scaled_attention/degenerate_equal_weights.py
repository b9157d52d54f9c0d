# shows: scaled_attention degenerate
# The mean of all values, whatever is asked.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    weights = np.full((*q.shape[:-1], k.shape[-2]), 1.0 / k.shape[-2])
    return weights @ v, weights
