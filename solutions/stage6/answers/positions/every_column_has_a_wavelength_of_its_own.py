# shows: sinusoidal_positions 6.12
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    column = np.arange(d_model)
    angles = np.arange(seq_len)[:, None] / 10000 ** (column / d_model)
    return np.where(column % 2 == 0, np.sin(angles), np.cos(angles))
