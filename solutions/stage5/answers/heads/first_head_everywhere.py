# shows: merge_heads 5.5

import numpy as np


def merge_heads(heads):
    return np.concatenate([heads[:, 0]] * heads.shape[1], axis=-1)
