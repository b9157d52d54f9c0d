# shows: causal_mask right

import numpy as np


def causal_mask(seq_len):
    if seq_len == 1:
        return np.zeros((1, 1))
    smaller = causal_mask(seq_len - 1)
    last_column = np.full((seq_len - 1, 1), -np.inf)
    return np.block([[smaller, last_column], [np.zeros((1, seq_len))]])
