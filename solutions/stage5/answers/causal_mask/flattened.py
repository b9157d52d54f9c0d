# shows: causal_mask 5.7

import numpy as np


def causal_mask(seq_len):
    cells = []
    for query in range(seq_len):
        for key in range(seq_len):
            cells.append(0.0 if key <= query else -np.inf)
    return np.array(cells)
