# shows: merge_heads 5.13
import numpy as np


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return np.array([one.reshape(seq_len, n_heads * d_k) for one in heads])
