# shows: split_heads right

import numpy as np


def split_heads(x, n_heads):
    if x.shape[-1] % n_heads:
        raise ValueError(f"{n_heads} heads do not divide {x.shape[-1]} features")
    width = x.shape[-1] // n_heads
    return np.stack([x[..., h * width : (h + 1) * width] for h in range(n_heads)], axis=1)
