# shows: split_heads wrong
# Head h gets the features h, h + H, h + 2H: dealt out like cards.

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    return np.stack([x[:, :, h::n_heads] for h in range(n_heads)], axis=1)
