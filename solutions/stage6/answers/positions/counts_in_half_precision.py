# shows: sinusoidal_positions 6.7
# From 2048 on, half precision knows even numbers only, so neighbours share a position.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    positions = np.arange(seq_len).astype(np.float16).astype(float)
    angles = np.outer(positions, 10000.0 ** (-np.arange(0, d_model, 2) / d_model))
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(seq_len, d_model)
