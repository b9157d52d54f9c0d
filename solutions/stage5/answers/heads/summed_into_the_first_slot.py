# shows: merge_heads 5.5

import numpy as np


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    merged = np.zeros((batch, seq_len, n_heads * d_k))
    for h in range(n_heads):
        merged[:, :, :d_k] += heads[:, h]
    return merged
