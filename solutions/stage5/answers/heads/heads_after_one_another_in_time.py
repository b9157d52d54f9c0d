# shows: merge_heads 5.5|wrong
# Joined, but along the positions.

import numpy as np


def merge_heads(heads):
    return np.concatenate(list(heads.swapaxes(0, 1)), axis=1)
