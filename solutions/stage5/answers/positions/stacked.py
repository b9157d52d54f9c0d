# shows: add_positions 5.6|wrong

import numpy as np


def add_positions(embeddings, positions):
    pos = np.broadcast_to(positions[: embeddings.shape[1]], embeddings.shape)
    return np.stack([embeddings, pos], axis=-1)
