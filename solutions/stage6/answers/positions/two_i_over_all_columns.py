# shows: sinusoidal_positions 6.12
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    table = np.zeros((seq_len, d_model))
    for i in range(d_model):
        angle = np.arange(seq_len) / np.power(10000, 2 * i / d_model)
        table[:, i] = np.cos(angle) if i % 2 else np.sin(angle)
    return table
