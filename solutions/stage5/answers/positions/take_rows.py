# shows: add_positions right

import numpy as np


def add_positions(embeddings, positions):
    return np.add(embeddings, np.take(positions, np.arange(embeddings.shape[1]), axis=0)[np.newaxis])
