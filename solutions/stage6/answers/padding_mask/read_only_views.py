# shows: padding_mask right
import numpy as np


def padding_mask(lengths, max_len):
    rows = np.zeros((len(lengths), 1, max_len), dtype=np.float32)
    for b in range(len(lengths)):
        rows[b, 0, lengths[b] :] = np.finfo(np.float32).min
    return np.broadcast_to(rows, (len(lengths), max_len, max_len))
