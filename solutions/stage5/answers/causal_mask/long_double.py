# shows: causal_mask right

import numpy as np


def causal_mask(seq_len):
    return np.triu(np.full((seq_len, seq_len), -np.inf, dtype=np.longdouble), k=1)
