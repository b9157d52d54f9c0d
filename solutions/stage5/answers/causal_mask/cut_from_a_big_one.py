# shows: causal_mask right

import numpy as np


BIG = np.triu(np.full((256, 256), -np.inf), k=1)


def causal_mask(seq_len):
    if seq_len > len(BIG):
        return np.triu(np.full((seq_len, seq_len), -np.inf), k=1)
    return BIG[:seq_len, :seq_len]
