# shows: sinusoidal_positions right
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    base = np.longdouble(10000)
    angles = np.arange(seq_len)[:, None] / base ** (np.arange(0, d_model, 2, dtype=np.longdouble) / d_model)
    out = np.empty((seq_len, d_model), dtype=np.longdouble)
    out[:, 0::2], out[:, 1::2] = np.sin(angles), np.cos(angles)
    return out
