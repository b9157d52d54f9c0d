# shows: sinusoidal_positions 6.7
# One call per position.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    if seq_len == 0:
        return np.zeros((0, d_model))
    row = np.empty((1, d_model))
    i = np.arange(0, d_model, 2)
    a = (seq_len - 1) / 10000 ** (i / d_model)
    row[0, ::2] = np.sin(a)
    row[0, 1::2] = np.cos(a)
    return np.concatenate([sinusoidal_positions(seq_len - 1, d_model), row])
