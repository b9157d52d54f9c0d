# shows: add_positions degenerate

import numpy as np


def add_positions(embeddings, positions):
    return np.full(embeddings.shape, np.nan)
