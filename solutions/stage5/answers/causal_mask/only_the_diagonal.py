# shows: causal_mask wrong

import numpy as np


def causal_mask(seq_len):
    mask = np.full((seq_len, seq_len), -np.inf)
    np.fill_diagonal(mask, 0.0)
    return mask
