# shows: add_positions wrong
# The paper multiplies embeddings by the root of d_model; that was not asked here.

import numpy as np


def add_positions(embeddings, positions):
    seq_len, d_model = embeddings.shape[1:]
    return embeddings * np.sqrt(d_model) + positions[:seq_len]
