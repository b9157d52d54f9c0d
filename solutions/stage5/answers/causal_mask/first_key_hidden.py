# shows: causal_mask wrong

import numpy as np


def causal_mask(seq_len):
    mask = np.triu(np.full((seq_len, seq_len), -np.inf), k=1)
    mask[1:, 0] = -np.inf
    return mask
