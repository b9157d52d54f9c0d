# shows: causal_mask 5.7

import numpy as np


def causal_mask(seq_len):
    n = seq_len + 1
    return np.triu(np.full((n, n), -np.inf), k=1)
