# shows: causal_mask right

import numpy as np


def causal_mask(seq_len):
    mask = np.zeros((seq_len, seq_len))
    for query in range(seq_len):
        for key in range(query + 1, seq_len):
            mask[query, key] = -np.inf
    return mask
