# shows: causal_mask 5.7

import numpy as np


def causal_mask(seq_len):
    i = np.arange(seq_len)
    return np.where(i[None, :] > i[:, None], -np.inf, 0.0)[:, :, np.newaxis]
