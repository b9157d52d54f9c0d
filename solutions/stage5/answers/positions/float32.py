# shows: add_positions right

import numpy as np


def add_positions(embeddings, positions):
    return embeddings.astype(np.float32) + positions[: embeddings.shape[1]].astype(np.float32)
