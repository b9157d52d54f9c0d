# shows: causal_mask right

import numpy as np


def causal_mask(seq_len):
    mask = np.zeros((seq_len, seq_len), order="F")
    mask[np.triu_indices(seq_len, 1)] = -np.inf
    return mask
