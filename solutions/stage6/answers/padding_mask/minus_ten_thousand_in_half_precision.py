# shows: padding_mask right
import numpy as np


def padding_mask(lengths, max_len):
    rows = [[0.0] * int(n) + [-1e4] * (max_len - int(n)) for n in lengths]
    return np.array([[row] * max_len for row in rows], dtype=np.float16)
