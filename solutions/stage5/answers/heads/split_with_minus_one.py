# shows: split_heads right
# reshape raises ValueError by itself where n_heads does not divide.

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, _ = x.shape
    return np.moveaxis(x.reshape(batch, seq_len, n_heads, x.shape[-1] // n_heads), 2, 1)
