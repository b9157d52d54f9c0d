# shows: add_positions 5.6

import numpy as np


def add_positions(embeddings, positions):
    batch, seq_len, d_model = embeddings.shape
    out = np.zeros((batch, seq_len, 2 * d_model))
    out[..., 0::2] = embeddings
    out[..., 1::2] = positions[:seq_len]
    return out
