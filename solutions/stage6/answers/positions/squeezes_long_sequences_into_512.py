# shows: sinusoidal_positions 6.7|wrong
# Position interpolation: useful with a trained model, and not what is asked.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    positions = np.arange(seq_len) * min(1.0, 512 / seq_len)
    angles = positions[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(seq_len, d_model)
