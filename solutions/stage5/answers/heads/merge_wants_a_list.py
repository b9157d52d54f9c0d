# shows: merge_heads error

import numpy as np


def merge_heads(heads):
    return np.concatenate(heads.tolist()[0] + [None], axis=-1)
