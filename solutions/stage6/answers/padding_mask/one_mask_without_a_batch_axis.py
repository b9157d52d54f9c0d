# shows: padding_mask 6.8
# [T, T] broadcasts to the batch, and is the last sequence's mask for everybody.
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.zeros((max_len, max_len))
    for length in lengths:
        mask = np.zeros((max_len, max_len))
        mask[:, length:] = -1e9
    return mask
