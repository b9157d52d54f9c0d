# shows: padding_mask right
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.empty((len(lengths), max_len, max_len), dtype=">f8")
    for b, q, k in np.ndindex(mask.shape):
        mask[b, q, k] = 0 if k < lengths[b] else -np.inf
    return mask
