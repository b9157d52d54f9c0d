# shows: sinusoidal_positions right
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    column = np.arange(d_model)
    angles = np.arange(seq_len)[:, np.newaxis] / np.power(10000, 2 * (column // 2) / d_model)
    angles[:, 0::2] = np.sin(angles[:, 0::2])
    angles[:, 1::2] = np.cos(angles[:, 1::2])
    return angles
