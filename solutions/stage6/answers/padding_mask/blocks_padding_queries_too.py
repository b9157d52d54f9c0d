# shows: padding_mask wrong
import numpy as np


def padding_mask(lengths, max_len):
    real = np.arange(max_len) < np.asarray(lengths)[:, None]
    return np.where(real[:, :, None] & real[:, None, :], 0.0, -np.inf)
