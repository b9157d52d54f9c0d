# shows: padding_mask 6.8
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.zeros((len(lengths), max_len, max_len))
    for i, length in enumerate(lengths[::-1]):
        mask[i, :, length:] = -np.inf
    return mask
