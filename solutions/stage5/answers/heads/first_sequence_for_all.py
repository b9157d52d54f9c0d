# shows: split_heads wrong

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    one = x[0].reshape(seq_len, n_heads, d_model // n_heads).swapaxes(0, 1)
    return np.stack([one] * batch)
