# shows: add_positions right
# Stacked first, but the new axis is summed away.

import numpy as np


def add_positions(embeddings, positions):
    pos = np.broadcast_to(positions[: embeddings.shape[1]], embeddings.shape)
    return np.stack([embeddings, pos]).sum(axis=0)
