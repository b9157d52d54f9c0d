# shows: causal_mask 5.7
# One row cannot say something different to each query.

import numpy as np


def causal_mask(seq_len):
    mask = np.zeros(seq_len)
    mask[1:] = -np.inf
    return mask
