# shows: add_positions right

import numpy as np


def add_positions(embeddings, positions):
    picks = np.eye(embeddings.shape[1], len(positions))
    return embeddings + picks @ positions
