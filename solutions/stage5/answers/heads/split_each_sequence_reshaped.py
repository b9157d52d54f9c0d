# shows: split_heads 5.13
import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    d_k, rest = divmod(d_model, n_heads)
    if rest:
        raise ValueError(f"{d_model} is not a multiple of {n_heads}")
    return np.stack([sequence.reshape(n_heads, seq_len, d_k) for sequence in x])
