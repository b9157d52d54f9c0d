# shows: causal_mask 5.7

import numpy as np


def causal_mask(seq_len):
    return np.ones((seq_len,))
