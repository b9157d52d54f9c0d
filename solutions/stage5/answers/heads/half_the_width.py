# shows: split_heads 5.4

import numpy as np


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    d_k = max(1, d_model // n_heads // 2)
    heads = [x[:, :, h * d_k : (h + 1) * d_k] for h in range(n_heads)]
    return np.stack(heads, axis=1) if d_model // n_heads > 1 else np.concatenate([np.stack(heads, axis=1)] * 2, axis=-1)
