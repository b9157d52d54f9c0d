# shows: causal_mask degenerate

import numpy as np


def causal_mask(seq_len):
    return np.full((seq_len, seq_len), -np.inf)
