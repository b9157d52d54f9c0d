# shows: sinusoidal_positions 6.7
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    known = min(seq_len, 5000)
    angles = np.arange(known)[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    out = np.zeros((seq_len, d_model))
    out[:known, 0::2] = np.sin(angles)
    out[:known, 1::2] = np.cos(angles)
    return out
