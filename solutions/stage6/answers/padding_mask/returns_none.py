# shows: padding_mask degenerate
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.zeros((len(lengths), max_len, max_len))
    for i, length in enumerate(lengths):
        mask[i, :, length:] = -np.inf
