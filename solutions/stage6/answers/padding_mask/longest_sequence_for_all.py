# shows: padding_mask 6.8
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.zeros((len(lengths), max_len, max_len))
    mask[:, :, max(lengths) :] = -np.inf
    return mask
