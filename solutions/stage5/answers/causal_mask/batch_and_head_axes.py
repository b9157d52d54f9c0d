# shows: causal_mask 5.7

import numpy as np


def causal_mask(seq_len):
    future = np.triu(np.full((seq_len, seq_len), -np.inf), k=1)
    return future[None, None, :, :]
