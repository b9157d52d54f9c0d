# shows: padding_mask wrong
# 0 * -inf is not 0.
import numpy as np


def padding_mask(lengths, max_len):
    is_padding = np.arange(max_len) >= np.asarray(lengths)[:, None, None]
    return np.broadcast_to(is_padding * -np.inf, (len(lengths), max_len, max_len))
