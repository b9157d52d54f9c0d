# shows: merge_heads 5.5

import numpy as np


def merge_heads(heads):
    return np.sum(heads, axis=1)
