# shows: add_positions wrong
# The first token gets row 1; the last wraps round.

import numpy as np


def add_positions(embeddings, positions):
    rows = (np.arange(embeddings.shape[1]) + 1) % len(positions)
    return embeddings + positions[rows]
