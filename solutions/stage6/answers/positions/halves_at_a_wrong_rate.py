# shows: sinusoidal_positions wrong
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    angles = np.arange(seq_len)[:, None] / 10000 ** (np.arange(d_model // 2) / d_model)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)
