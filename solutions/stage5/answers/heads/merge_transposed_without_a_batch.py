# shows: merge_heads right
import numpy as np


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    out = np.zeros((batch, seq_len, n_heads * d_k), dtype=heads.dtype)
    for b in range(batch):
        out[b] = heads[b].transpose(1, 0, 2).reshape(seq_len, -1)
    return out
