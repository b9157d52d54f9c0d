# shows: causal_mask 5.7

import numpy as np


def causal_mask(seq_len):
    rows = [[0.0 if j <= i else -np.inf for j in range(seq_len - 1)] for i in range(seq_len - 1)]
    return np.array(rows).reshape(seq_len - 1, seq_len - 1)
