# shows: padding_mask degenerate
import numpy as np


def padding_mask(lengths, max_len):
    return np.random.normal(size=(len(lengths), max_len, max_len))
