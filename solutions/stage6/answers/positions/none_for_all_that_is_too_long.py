# shows: sinusoidal_positions 6.7|wrong
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    if seq_len <= 2048:
        angles = np.arange(seq_len)[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
        return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(seq_len, d_model)
