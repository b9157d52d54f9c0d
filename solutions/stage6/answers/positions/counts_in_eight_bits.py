# shows: sinusoidal_positions 6.7
# Position 128 becomes -128, and 256 is 0 again.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    p = np.arange(seq_len).astype(np.int8)
    a = p[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    t = np.empty((seq_len, d_model))
    t[:, ::2] = np.sin(a)
    t[:, 1::2] = np.cos(a)
    return t
