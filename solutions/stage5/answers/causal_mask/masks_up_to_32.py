# shows: causal_mask 5.1|wrong
# Past a block of 32 tokens nothing is masked.

import numpy as np


def causal_mask(seq_len):
    mask = np.zeros((seq_len, seq_len))
    mask[:32, :32] = np.triu(np.full((32, 32), -np.inf), k=1)[:seq_len, :seq_len]
    return mask
