# shows: sinusoidal_positions 6.7
import numpy as np

MAX_LEN = 1024


def make_table(d_model):
    """Sines and cosines of the first MAX_LEN positions."""
    angles = np.outer(np.arange(MAX_LEN), 10000.0 ** (-np.arange(0, d_model, 2) / d_model))
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(MAX_LEN, d_model)


def sinusoidal_positions(seq_len, d_model):
    return make_table(d_model)[np.arange(seq_len)]
