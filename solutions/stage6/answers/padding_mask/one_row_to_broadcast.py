# shows: padding_mask right
import numpy as np


def padding_mask(lengths, max_len):
    return np.where(np.arange(max_len)[None, None, :] < np.asarray(lengths)[:, None, None], 0.0, -np.inf)
