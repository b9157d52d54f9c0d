# shows: causal_mask right
import numpy as np


def causal_mask(seq_len):
    with np.errstate(invalid="ignore"):
        mask = np.triu(np.ones((seq_len, seq_len)), k=1) * -np.inf
    return np.where(np.isnan(mask), 0.0, mask)
