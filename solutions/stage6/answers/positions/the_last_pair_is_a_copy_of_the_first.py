# shows: sinusoidal_positions 6.12
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    angles = np.arange(seq_len)[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    angles[:, -1] = angles[:, 0]
    out = np.zeros((seq_len, d_model))
    out[:, 0::2] = np.sin(angles)
    out[:, 1::2] = np.cos(angles)
    return out
