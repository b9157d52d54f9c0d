# shows: causal_mask 5.7
# NaN as well, but of another shape.

import numpy as np


def causal_mask(seq_len):
    return np.triu(np.ones((1, seq_len, seq_len)), k=1) * -np.inf
