# shows: add_positions 5.6
# + joins lists, where it would add arrays.

import numpy as np


def add_positions(embeddings, positions):
    return np.array(
        [[list(token) + list(position) for token, position in zip(seq, positions)] for seq in embeddings]
    )
