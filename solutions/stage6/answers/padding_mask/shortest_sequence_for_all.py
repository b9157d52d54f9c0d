# shows: padding_mask 6.8
import numpy as np


def padding_mask(lengths, max_len):
    blocked = np.arange(max_len) >= np.min(lengths)
    row = np.where(blocked, -np.inf, 0.0)
    return np.broadcast_to(row, (len(lengths), max_len, max_len))
