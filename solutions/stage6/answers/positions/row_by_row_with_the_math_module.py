# shows: sinusoidal_positions right
import math

import numpy as np


def sinusoidal_positions(seq_len, d_model):
    waves = [10000 ** (column / d_model) for column in range(0, d_model, 2)]
    rows = []
    for position in range(seq_len):
        row = []
        for wave in waves:
            row += [math.sin(position / wave), math.cos(position / wave)]
        rows.append(row)
    return np.array(rows).reshape(seq_len, d_model)
