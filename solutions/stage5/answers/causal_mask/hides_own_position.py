# shows: causal_mask wrong
# k=0 takes the diagonal too: the first query is left with no key at all.

import numpy as np


def causal_mask(seq_len):
    return np.triu(np.full((seq_len, seq_len), -np.inf), k=0)
