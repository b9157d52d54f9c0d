# shows: padding_mask wrong
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.triu(np.full((len(lengths), max_len, max_len), -np.inf), k=1)
    for i, length in enumerate(lengths):
        mask[i, :, length:] = -np.inf
    return mask
