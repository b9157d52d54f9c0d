# shows: split_heads 5.4
# Every head gets a copy of everything.

import numpy as np


def split_heads(x, n_heads):
    if x.shape[-1] % n_heads != 0:
        raise ValueError("cannot split")
    return np.stack([x] * n_heads, axis=1)
