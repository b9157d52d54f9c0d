# shows: sinusoidal_positions 6.12
# The last pair gets 1/10000; another library does it so.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    n = d_model // 2
    rates = np.exp(-np.log(10000.0) * np.arange(n) / max(n - 1, 1))
    angles = np.arange(seq_len)[:, None] * rates
    out = np.zeros((seq_len, d_model))
    out[:, 0::2] = np.sin(angles)
    out[:, 1::2] = np.cos(angles)
    return out
