# shows: merge_heads right
# Each head through its own slice of the identity matrix, then summed: a join after all.

import numpy as np


def merge_heads(heads):
    _, n_heads, _, d_k = heads.shape
    places = np.eye(n_heads * d_k).reshape(n_heads, d_k, n_heads * d_k)
    return sum(heads[:, h] @ places[h] for h in range(n_heads))
