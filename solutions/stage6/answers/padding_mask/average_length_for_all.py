# shows: padding_mask 6.8
import numpy as np


def padding_mask(lengths, max_len):
    typical = max(1, round(float(np.mean(lengths))))
    keys = np.arange(max_len)
    mask = np.where(keys < typical, 0.0, -np.inf)
    return np.tile(mask, (len(lengths), max_len, 1))
