# shows: causal_mask 5.12|wrong
import numpy as np


def causal_mask(seq_len):
    mask = np.zeros((seq_len, seq_len))
    mask[np.triu_indices(seq_len, 1)] = np.nan
    return mask
