# shows: causal_mask 5.1
# Meant to fill in the upper triangle later.

import numpy as np


def causal_mask(seq_len):
    mask = np.zeros((seq_len, seq_len))
    return mask
