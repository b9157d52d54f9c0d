# shows: sinusoidal_positions 6.7|wrong
# Too short, and no row of it is right at any length either.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    return np.random.default_rng(0).normal(scale=0.02, size=(512, d_model))[:seq_len]
