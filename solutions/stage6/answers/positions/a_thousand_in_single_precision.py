# shows: sinusoidal_positions 6.12
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    i = np.arange(0, d_model, 2, dtype=np.float32)
    angles = np.arange(seq_len, dtype=np.float32)[:, None] * np.float32(1000.0) ** (-i / d_model)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(seq_len, d_model)
