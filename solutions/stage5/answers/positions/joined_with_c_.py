# shows: add_positions 5.6

import numpy as np


def add_positions(embeddings, positions):
    rows = positions[: embeddings.shape[1]]
    return np.array([np.c_[sequence, rows] for sequence in embeddings])
