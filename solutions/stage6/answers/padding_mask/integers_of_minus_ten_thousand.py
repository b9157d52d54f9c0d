# shows: padding_mask right
import numpy as np


def padding_mask(lengths, max_len):
    return np.where(np.arange(max_len) < np.asarray(lengths)[:, None, None], 0, -10_000)
