# shows: causal_mask wrong

import numpy as np


def causal_mask(seq_len):
    return np.array([["0" if j <= i else "-inf" for j in range(seq_len)] for i in range(seq_len)])
