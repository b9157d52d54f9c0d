# shows: causal_mask right
# Each row is a window on zeros followed by -inf, one step further on than the row before.

import numpy as np


def causal_mask(seq_len):
    line = np.concatenate([np.zeros(seq_len), np.full(seq_len - 1, -np.inf)])
    return np.lib.stride_tricks.sliding_window_view(line, seq_len)[::-1]
