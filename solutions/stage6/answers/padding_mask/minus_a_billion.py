# shows: padding_mask right
import numpy as np


def padding_mask(lengths, max_len):
    is_padding = np.arange(max_len) >= np.reshape(lengths, (-1, 1, 1))
    return np.repeat(is_padding * -1e9, max_len, axis=1)
