# shows: causal_mask right
import numpy as np


def causal_mask(seq_len):
    return np.triu(np.ones((seq_len, seq_len)), k=1) * -1e9
