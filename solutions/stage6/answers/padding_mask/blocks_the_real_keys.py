# shows: padding_mask wrong
import numpy as np


def padding_mask(lengths, max_len):
    real = np.arange(max_len) < np.asarray(lengths)[:, None, None]
    return np.broadcast_to(np.where(real, -np.inf, 0.0), (len(lengths), max_len, max_len))
