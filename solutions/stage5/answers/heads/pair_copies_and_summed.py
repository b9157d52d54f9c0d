# shows: split_heads 5.4, merge_heads 5.5
# Together they give back n_heads times x.

import numpy as np


def split_heads(x, n_heads):
    if x.shape[-1] % n_heads:
        raise ValueError("cannot split")
    return np.repeat(x[:, None], n_heads, axis=1)


def merge_heads(heads):
    return heads.sum(axis=1)
