# shows: padding_mask right
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.zeros((len(lengths), max_len, max_len), dtype=np.int64)
    for row, length in enumerate(lengths):
        mask[row, :, length:] = np.iinfo(np.int64).min
    return mask
