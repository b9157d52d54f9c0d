# shows: split_heads right
# np.split itself raises where the parts would not be equal.

import numpy as np


def split_heads(x, n_heads):
    return np.array(np.split(x, n_heads, axis=2)).swapaxes(0, 1)
