# shows: split_heads 5.4
# A slice up to and including the next head's first feature.

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    d_k = d_model // n_heads
    wider = np.concatenate([x, np.zeros((batch, seq_len, 1))], axis=-1)
    return np.stack([wider[..., h * d_k : (h + 1) * d_k + 1] for h in range(n_heads)], axis=1)
