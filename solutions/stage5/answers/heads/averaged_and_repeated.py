# shows: merge_heads 5.5
# The width is right again, but all heads say the same.

import numpy as np


def merge_heads(heads):
    return np.tile(heads.mean(axis=1), (1, 1, heads.shape[1]))
