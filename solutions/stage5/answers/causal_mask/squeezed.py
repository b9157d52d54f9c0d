# shows: causal_mask 5.7|wrong
# A mask for one token loses both axes.

import numpy as np


def causal_mask(seq_len):
    return np.triu(np.full((1, seq_len, seq_len), -np.inf), k=1).squeeze()
