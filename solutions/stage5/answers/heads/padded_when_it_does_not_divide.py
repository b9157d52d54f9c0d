# shows: split_heads 5.4|wrong

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    d_k = -(-d_model // n_heads)
    padded = np.zeros((batch, seq_len, n_heads * d_k))
    padded[..., :d_model] = x
    return padded.reshape(batch, seq_len, n_heads, d_k).transpose(0, 2, 1, 3)
