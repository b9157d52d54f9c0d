# shows: causal_mask 5.12
# False times infinity is NaN as well.

import numpy as np


def causal_mask(seq_len):
    i = np.arange(seq_len)[:, None]
    j = np.arange(seq_len)[None, :]
    return (j > i) * np.NINF if hasattr(np, "NINF") else (j > i) * -np.inf
