# shows: sinusoidal_positions 6.7
# Python lets a function call itself about a thousand times.
import numpy as np


def rows(position, frequencies):
    if position < 0:
        return []
    angles = position * frequencies
    return [*rows(position - 1, frequencies), np.stack([np.sin(angles), np.cos(angles)], axis=1).ravel()]


def sinusoidal_positions(seq_len, d_model):
    return np.array(rows(seq_len - 1, 10000.0 ** (-np.arange(0, d_model, 2) / d_model)))
