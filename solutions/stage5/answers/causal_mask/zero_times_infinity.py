# shows: causal_mask 5.12
# 0 * inf is NaN, so every visible key is NaN.

import numpy as np


def causal_mask(seq_len):
    return np.triu(np.ones((seq_len, seq_len)), k=1) * -np.inf
