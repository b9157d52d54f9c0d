# shows: causal_mask 5.7
# Two slips at once, and the shape hides the second.

import numpy as np


def causal_mask(seq_len):
    mask = np.zeros((1, seq_len))
    return mask
