# shows: causal_mask 5.1

import numpy as np


def causal_mask(seq_len):
    mask = np.zeros((seq_len, seq_len))
    mask[0, 1:] = -np.inf
    return mask
