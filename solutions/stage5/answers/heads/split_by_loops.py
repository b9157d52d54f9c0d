# shows: split_heads right

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("not divisible")
    d_k = d_model // n_heads
    out = np.empty((batch, n_heads, seq_len, d_k))
    for b in range(batch):
        for h in range(n_heads):
            for t in range(seq_len):
                for f in range(d_k):
                    out[b, h, t, f] = x[b, t, h * d_k + f]
    return out
