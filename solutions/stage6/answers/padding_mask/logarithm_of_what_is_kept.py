# shows: padding_mask right
# log(1) = 0 and log(0) = -inf, with a warning.
import numpy as np


def padding_mask(lengths, max_len):
    kept = (np.arange(max_len) < np.asarray(lengths)[:, None]).astype(float)
    return np.log(np.einsum("bk,q->bqk", kept, np.ones(max_len)))
