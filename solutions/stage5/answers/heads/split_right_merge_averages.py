# shows: split_heads right, merge_heads 5.5

import numpy as np


def split_heads(x, n_heads):
    return np.stack(np.split(x, n_heads, axis=-1), axis=1)


def merge_heads(heads):
    return np.average(heads, axis=1)
