# shows: padding_mask right
# A row's visible keys all get the same number, so softmax makes the same weights of 1 as of 0.
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.ones((len(lengths), max_len, max_len))
    for i, length in enumerate(lengths):
        mask[i, :, length:] = float("-inf")
    return mask
