# shows: sinusoidal_positions 6.7|wrong
# The table of the first call serves all later ones, however long they are.
import numpy as np

TABLES = {}


def sinusoidal_positions(seq_len, d_model):
    if d_model not in TABLES:
        angles = np.arange(seq_len)[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
        TABLES[d_model] = np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(seq_len, d_model)
    return TABLES[d_model][:seq_len]
