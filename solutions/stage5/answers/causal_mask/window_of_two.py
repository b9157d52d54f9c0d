# shows: causal_mask wrong
# Blocks the future, and all of the past but one token.

import numpy as np


def causal_mask(seq_len):
    distance = np.arange(seq_len)[:, None] - np.arange(seq_len)[None, :]
    return np.where((distance < 0) | (distance > 1), -np.inf, 0.0)
