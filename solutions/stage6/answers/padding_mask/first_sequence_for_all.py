# shows: padding_mask 6.8
import numpy as np


def padding_mask(lengths, max_len):
    one = np.zeros((max_len, max_len))
    one[:, lengths[0] :] = -np.inf
    return np.stack([one] * len(lengths))
