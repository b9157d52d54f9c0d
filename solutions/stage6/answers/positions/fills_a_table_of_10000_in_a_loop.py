# shows: sinusoidal_positions 6.7
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    table = np.zeros((10_000, d_model))
    frequencies = 10000.0 ** (-np.arange(0, d_model, 2) / d_model)
    for position in range(seq_len):
        table[position, 0::2] = np.sin(position * frequencies)
        table[position, 1::2] = np.cos(position * frequencies)
    return table[:seq_len]
