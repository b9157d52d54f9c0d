# shows: causal_mask error

import numpy as np


def causal_mask(seq_len):
    return np.triangle_upper(np.full((seq_len, seq_len), -np.inf), 1)
