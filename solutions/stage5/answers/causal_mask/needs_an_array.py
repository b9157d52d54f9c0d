# shows: causal_mask error
# Took the scores themselves to be the argument.

import numpy as np


def causal_mask(seq_len):
    scores = seq_len
    return np.triu(np.full(scores.shape[-2:], -np.inf), k=1)
