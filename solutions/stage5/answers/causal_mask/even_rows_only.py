# shows: causal_mask 5.1

import numpy as np


def causal_mask(seq_len):
    mask = np.triu(np.full((seq_len, seq_len), -np.inf), 1)
    mask[1::2] = 0
    return mask
