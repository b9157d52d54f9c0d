# shows: sinusoidal_positions degenerate
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    positions = np.zeros((seq_len, d_model))
    positions[:, 0::2] = np.sin(np.arange(seq_len))[:, None]
