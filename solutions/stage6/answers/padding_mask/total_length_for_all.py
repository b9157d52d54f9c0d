# shows: padding_mask 6.8
# The lengths of the whole batch in one sum: hardly ever is anything blocked.
import numpy as np


def padding_mask(lengths, max_len):
    mask = np.zeros((len(lengths), 1, max_len))
    mask[:, :, min(int(np.sum(lengths)), max_len - 1) :] = -np.inf
    return mask
