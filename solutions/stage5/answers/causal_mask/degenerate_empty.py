# shows: causal_mask degenerate

import numpy as np


def causal_mask(seq_len):
    return np.zeros((0, 0))
