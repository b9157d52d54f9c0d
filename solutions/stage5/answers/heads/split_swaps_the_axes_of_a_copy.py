# shows: split_heads right
import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    cut = np.ascontiguousarray(x).reshape((batch, seq_len, n_heads, -1))
    return np.swapaxes(cut, 1, 2).copy()
