# shows: causal_mask degenerate
# An integer stands in for -inf, in every place.

import numpy as np


def causal_mask(seq_len):
    return np.full((seq_len, seq_len), np.iinfo(np.int64).min)
