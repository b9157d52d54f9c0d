# shows: padding_mask wrong
# A sequence of one token keeps it.
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.zeros((len(lengths), max_len, max_len))
    for i, length in enumerate(lengths):
        mask[i, :, max(1, length - 1) :] = -np.inf
    return mask
