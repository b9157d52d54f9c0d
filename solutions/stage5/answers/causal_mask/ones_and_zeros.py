# shows: causal_mask 5.1
# A mask to multiply with, where one to add is asked.

import numpy as np


def causal_mask(seq_len):
    return np.tril(np.ones((seq_len, seq_len)))
