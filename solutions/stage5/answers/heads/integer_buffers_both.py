# shows: split_heads wrong, merge_heads wrong
# The buffers hold whole numbers only.

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    d_k = d_model // n_heads
    out = np.zeros((batch, n_heads, seq_len, d_k), dtype=int)
    for h in range(n_heads):
        out[:, h] = x[:, :, h * d_k : (h + 1) * d_k]
    return out


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    out = np.zeros((batch, seq_len, n_heads * d_k), dtype=np.int64)
    for h in range(n_heads):
        out[:, :, h * d_k : (h + 1) * d_k] = heads[:, h]
    return out
