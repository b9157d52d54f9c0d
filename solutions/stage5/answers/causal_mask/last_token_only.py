# shows: causal_mask 5.1
# Hides the last token from the others and nothing else.

import numpy as np


def causal_mask(seq_len):
    mask = np.zeros((seq_len, seq_len))
    mask[:-1, -1] = -np.inf
    return mask
