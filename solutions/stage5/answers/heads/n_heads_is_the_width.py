# shows: split_heads 5.4

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    return np.swapaxes(x.reshape(batch, seq_len, -1, n_heads), 1, 2)
