# shows: sinusoidal_positions 6.12
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    table = np.zeros((seq_len, d_model))
    for pos in range(seq_len):
        for i in range(0, d_model, 2):
            table[pos, i] = np.sin(pos / 10000 ** (i / d_model))
            table[pos, i + 1] = np.cos(pos / 10000 ** ((i + 1) / d_model))
    return table
