# shows: sinusoidal_positions right
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    ratio = 10000 ** (2 / d_model)
    rates = [1.0]
    while len(rates) < d_model // 2:
        rates.append(rates[-1] / ratio)
    angles = np.multiply.outer(np.arange(seq_len), np.array(rates))
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(seq_len, d_model)
