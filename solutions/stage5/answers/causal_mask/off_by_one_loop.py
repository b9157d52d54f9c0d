# shows: causal_mask 5.1

import numpy as np


def causal_mask(seq_len):
    m = np.zeros((seq_len, seq_len))
    for i in range(seq_len):
        m[i, i + 2:] = float("-inf")
    return m
