# shows: causal_mask right

import numpy as np


def causal_mask(seq_len):
    return -np.where(np.tri(seq_len, dtype=bool), 0.0, np.inf)
