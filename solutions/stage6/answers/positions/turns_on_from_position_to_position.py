# shows: sinusoidal_positions right
# Every pair is a point on a circle; one more position is one more small turn.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    step = np.exp(1j * 10000.0 ** (-np.arange(0, d_model, 2) / d_model))
    turns = np.ones((seq_len, d_model // 2), dtype=complex)
    turns[1:] = step
    turns = np.cumprod(turns, axis=0)
    return np.ascontiguousarray(turns).view(float)[:, np.arange(d_model) ^ 1]
