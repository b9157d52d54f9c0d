# shows: split_heads 5.13
# Forgets to refuse as well: 6 features and 4 heads are cut to 4.

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    d_k = d_model // n_heads
    return np.reshape(x[..., : n_heads * d_k], (batch, n_heads, seq_len, d_k))
