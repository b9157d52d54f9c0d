# shows: split_heads right

from numpy.lib.stride_tricks import as_strided
import numpy as np


def split_heads(x, n_heads):
    x = np.ascontiguousarray(x)
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("not divisible")
    d_k = d_model // n_heads
    by_batch, by_token, by_feature = x.strides
    strides = (by_batch, d_k * by_feature, by_token, by_feature)
    return as_strided(x, (batch, n_heads, seq_len, d_k), strides)
