# shows: add_positions wrong
# Builds a table of its own and does not look at the one given.

import numpy as np


def add_positions(embeddings, positions):
    _, seq_len, d_model = embeddings.shape
    angle = np.arange(seq_len)[:, None] / 10000 ** (np.arange(d_model) // 2 * 2 / d_model)
    return embeddings + np.where(np.arange(d_model) % 2 == 0, np.sin(angle), np.cos(angle))
