# shows: sinusoidal_positions 6.7|wrong
# Too short, and no row of it is right at any length either.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    angles = np.arange(512)[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    return np.stack([np.cos(angles), np.sin(angles)], axis=-1).reshape(512, d_model)[:seq_len]
