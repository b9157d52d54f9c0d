# shows: sinusoidal_positions degenerate
# What a learnt table starts from, and a new one at every call.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    return np.random.normal(size=(seq_len, d_model))
