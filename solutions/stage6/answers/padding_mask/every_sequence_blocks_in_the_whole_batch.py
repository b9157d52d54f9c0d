# shows: padding_mask 6.8
# mask[:, :, length:] where mask[i, :, length:] was meant.
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.zeros((len(lengths), max_len, max_len))
    for length in lengths:
        mask[:, :, length:] = float("-inf")
    return mask
