# shows: sinusoidal_positions 6.7 6.12
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    angles = np.arange(512)[:, None] / 1000 ** (np.arange(0, d_model, 2) / d_model)
    table = np.zeros((512, d_model))
    table[:, 0::2], table[:, 1::2] = np.sin(angles), np.cos(angles)
    return table[:seq_len]
