# shows: sinusoidal_positions right
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    angles = np.arange(seq_len)[:, None] / 10000 ** (np.arange(0, d_model, 2) / d_model)
    out = np.empty((seq_len, d_model), dtype=np.float32)
    np.sin(angles, out=out[:, 0::2], casting="same_kind")
    np.cos(angles, out=out[:, 1::2], casting="same_kind")
    return out
