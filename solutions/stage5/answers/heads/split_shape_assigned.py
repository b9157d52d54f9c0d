# shows: split_heads 5.13
import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    out = np.array(x)
    out.shape = (batch, n_heads, seq_len, d_model // n_heads)
    return out
