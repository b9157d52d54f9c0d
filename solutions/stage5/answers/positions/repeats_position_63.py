# shows: add_positions wrong
# Later tokens all get the last vector of a table of 64.

import numpy as np


def add_positions(embeddings, positions):
    return embeddings + positions[np.minimum(np.arange(embeddings.shape[1]), 63)]
