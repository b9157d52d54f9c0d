# shows: scaled_attention degenerate
# Whatever is asked, all the weight is on the first key: nothing was attended to.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    weights = np.zeros((*q.shape[:-1], k.shape[-2]))
    weights[..., 0] = 1.0
    return weights @ v, weights
