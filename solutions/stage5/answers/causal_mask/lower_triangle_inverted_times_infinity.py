# shows: causal_mask 5.12
import numpy as np


def causal_mask(seq_len):
    visible = np.tril(np.ones((seq_len, seq_len)))
    return (1 - visible) * float("-inf")
