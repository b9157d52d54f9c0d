# shows: sinusoidal_positions wrong
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    angles = np.arange(seq_len)[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    return np.repeat(np.sin(angles), 2, axis=1)
