# shows: add_positions wrong
# Row b of the table for sequence b.

import numpy as np


def add_positions(embeddings, positions):
    rows = positions[np.arange(embeddings.shape[0]) % len(positions)]
    return embeddings + rows[:, None, :]
