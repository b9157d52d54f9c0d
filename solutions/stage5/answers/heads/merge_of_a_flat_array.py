# shows: merge_heads 5.13
import numpy as np


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    flat = np.concatenate([heads[:, h].reshape(batch, -1) for h in range(n_heads)], axis=1)
    return flat.reshape(batch, seq_len, n_heads * d_k)
