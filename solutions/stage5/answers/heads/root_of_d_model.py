# shows: split_heads 5.4
# The root belongs to the scores, not to the width.

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    d_k = int(np.sqrt(d_model))
    return x.reshape(batch, seq_len, n_heads, d_k).transpose(0, 2, 1, 3)
