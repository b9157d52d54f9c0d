# shows: causal_mask 5.7
# Built once for a context of 64 and never cut to the sequence.

import numpy as np


MAX_LEN = 64


def causal_mask(seq_len):
    return np.triu(np.full((MAX_LEN, MAX_LEN), -np.inf), k=1)
