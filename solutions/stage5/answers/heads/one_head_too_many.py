# shows: split_heads 5.4

import numpy as np


def split_heads(x, n_heads):
    if x.shape[-1] % n_heads != 0:
        raise ValueError("cannot split")
    d_k = x.shape[-1] // n_heads
    padded = np.concatenate([x, np.zeros(x.shape[:2] + (d_k,))], axis=-1)
    return padded.reshape(*x.shape[:2], n_heads + 1, d_k).transpose(0, 2, 1, 3)
