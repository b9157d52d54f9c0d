# shows: sinusoidal_positions degenerate
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    return np.full((seq_len, d_model), np.nan)
