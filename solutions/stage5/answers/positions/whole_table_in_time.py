# shows: add_positions 5.6

import numpy as np


def add_positions(embeddings, positions):
    table = np.stack([positions] * embeddings.shape[0])
    return np.hstack([embeddings, table])
