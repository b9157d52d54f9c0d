# shows: sinusoidal_positions degenerate
# The loop variable of the positions is never used.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    return np.tile([0.0, 1.0], (seq_len, d_model // 2))
