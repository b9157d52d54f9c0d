# shows: split_heads wrong, merge_heads wrong
import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    return np.abs(x).reshape(batch, seq_len, n_heads, -1).swapaxes(1, 2)


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return np.abs(heads.swapaxes(1, 2)).reshape(batch, seq_len, -1)
