# shows: sinusoidal_positions right
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    angles = np.arange(seq_len)[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    angles = np.mod(angles, 2 * np.pi)
    return np.dstack([np.sin(angles), np.cos(angles)]).reshape(seq_len, -1)
