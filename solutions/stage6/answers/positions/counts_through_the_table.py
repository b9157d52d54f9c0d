# shows: sinusoidal_positions degenerate
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    return np.arange(seq_len * d_model).reshape(seq_len, d_model)
