# shows: split_heads right, merge_heads right
import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    return np.moveaxis(x.reshape(batch, seq_len, n_heads, d_model // n_heads), 2, 1)


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return np.moveaxis(heads, 1, 2).reshape(batch, seq_len, -1)
