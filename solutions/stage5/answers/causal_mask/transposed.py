# shows: causal_mask 5.1

import numpy as np


def causal_mask(seq_len):
    mask = np.zeros((seq_len, seq_len))
    for query in range(seq_len):
        for key in range(seq_len):
            if key > query:
                mask[key, query] = -np.inf
    return mask
