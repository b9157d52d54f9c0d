# shows: sinusoidal_positions right
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    column = np.arange(d_model)
    angles = np.outer(np.arange(seq_len), np.power(10000.0, -(column - column % 2) / d_model))
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))
