# shows: split_heads right

import numpy as np


def split_heads(x, n_heads):
    d_model = x.shape[-1]
    if d_model % n_heads != 0:
        raise ValueError("not divisible")
    w = d_model // n_heads
    return np.array([[[token[h * w : h * w + w] for token in seq.tolist()] for h in range(n_heads)] for seq in x])
