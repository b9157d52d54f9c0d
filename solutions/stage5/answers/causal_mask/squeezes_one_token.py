# shows: causal_mask 5.7
# np.squeeze also takes the axes of a single token.

import numpy as np


def causal_mask(seq_len):
    return np.squeeze(np.triu(np.full((1, seq_len, seq_len), -np.inf), k=1))
