# shows: causal_mask 5.1
# The two branches of where are the wrong way round.

import numpy as np


def causal_mask(seq_len):
    may_see = np.tri(seq_len, dtype=bool)
    return np.where(may_see, -1e9, 0.0)
