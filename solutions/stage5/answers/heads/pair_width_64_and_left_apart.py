# shows: split_heads 5.4, merge_heads 5.5

import numpy as np


def split_heads(x, n_heads):
    return x.reshape(x.shape[0], x.shape[1], n_heads, 64).transpose(0, 2, 1, 3)


def merge_heads(heads):
    return np.swapaxes(heads, 1, 2)
