# shows: padding_mask error
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.zeros((len(lengths), max_len, max_len))
    mask[:, :, lengths:] = -np.inf
    return mask
