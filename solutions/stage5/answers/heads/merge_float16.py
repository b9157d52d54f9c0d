# shows: merge_heads right

import numpy as np


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return np.swapaxes(heads, 1, 2).reshape(batch, seq_len, n_heads * d_k).astype(np.float16)
