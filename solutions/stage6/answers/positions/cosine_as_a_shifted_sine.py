# shows: sinusoidal_positions right
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    pair = np.repeat(np.arange(d_model // 2), 2)
    shift = np.tile([0.0, np.pi / 2], d_model // 2)
    return np.sin(np.arange(seq_len)[:, None] / 10000 ** (2 * pair / d_model) + shift)
