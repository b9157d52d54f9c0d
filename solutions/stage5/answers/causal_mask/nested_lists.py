# shows: causal_mask right

import numpy as np


def causal_mask(seq_len):
    return np.array([[0.0] * (i + 1) + [float("-inf")] * (seq_len - i - 1) for i in range(seq_len)])
