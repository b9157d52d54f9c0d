# shows: add_positions 5.6
# Each made twice as wide, so that they do not overlap when added.

import numpy as np


def add_positions(embeddings, positions):
    pos = np.broadcast_to(positions[: embeddings.shape[1]], embeddings.shape)
    left = np.concatenate([embeddings, np.zeros_like(embeddings)], axis=-1)
    right = np.concatenate([np.zeros_like(pos), pos], axis=-1)
    return left + right
