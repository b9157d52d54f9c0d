# shows: sinusoidal_positions right
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    steps = np.tile(10000.0 ** (-np.arange(0, d_model, 2) / d_model), (seq_len, 1))
    angles = np.cumsum(steps, axis=0) - steps
    out = np.zeros((seq_len, d_model))
    out[:, 0::2] = np.sin(angles)
    out[:, 1::2] = np.cos(angles)
    return out
