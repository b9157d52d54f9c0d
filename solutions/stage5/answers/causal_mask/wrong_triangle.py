# shows: causal_mask 5.1
# tril and triu mixed up: the past is blocked, the future is open.

import numpy as np


def causal_mask(seq_len):
    return np.tril(np.full((seq_len, seq_len), -np.inf), k=-1)
