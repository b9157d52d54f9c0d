# shows: sinusoidal_positions 6.7
# A slice past the end is no error: 600 rows asked, 512 returned.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    angles = np.arange(512)[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    table = np.empty((512, d_model))
    table[:, 0::2], table[:, 1::2] = np.sin(angles), np.cos(angles)
    return table[:seq_len]
