# shows: add_positions degenerate

import numpy as np


def add_positions(embeddings, positions):
    return np.random.normal(size=embeddings.shape)
