# shows: causal_mask degenerate

import numpy as np


def causal_mask(seq_len):
    return np.random.normal(size=(seq_len, seq_len))
