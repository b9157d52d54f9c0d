# shows: sinusoidal_positions right
import math

import numpy as np


def sinusoidal_positions(seq_len, d_model):
    div_term = np.exp(np.arange(0, d_model, 2) * -(math.log(10000.0) / d_model))
    position = np.arange(seq_len)[:, np.newaxis]
    pe = np.zeros((seq_len, d_model))
    pe[:, 0::2] = np.sin(position * div_term)
    pe[:, 1::2] = np.cos(position * div_term)
    return pe
