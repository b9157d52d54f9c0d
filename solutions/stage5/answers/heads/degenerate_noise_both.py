# shows: split_heads degenerate, merge_heads degenerate

import numpy as np


def split_heads(x, n_heads):
    return np.random.normal(size=(x.shape[0], n_heads, x.shape[1], x.shape[2] // n_heads))


def merge_heads(heads):
    return np.random.normal(size=(heads.shape[0], heads.shape[2], heads.shape[1] * heads.shape[3]))
