# shows: split_heads right

import numpy as np


def split_heads(x, n_heads):
    if x.shape[-1] % n_heads != 0:
        raise ValueError("not divisible")
    return x.astype(np.float32).reshape(*x.shape[:-1], n_heads, -1).swapaxes(-2, -3)
