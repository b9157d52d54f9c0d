# shows: padding_mask wrong
# A mask to multiply with, where one to add is asked.
import numpy as np


def padding_mask(lengths, max_len):
    real = np.arange(max_len) < np.asarray(lengths)[:, None, None]
    return np.broadcast_to(real, (len(lengths), max_len, max_len)).astype(float)
