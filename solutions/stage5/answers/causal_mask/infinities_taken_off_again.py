# shows: causal_mask 5.12
# -inf everywhere, then taken off where keys may be seen: -inf - -inf.

import numpy as np


def causal_mask(seq_len):
    mask = np.full((seq_len, seq_len), -np.inf)
    for query in range(seq_len):
        for key in range(query + 1):
            mask[query, key] -= -np.inf
    return mask
