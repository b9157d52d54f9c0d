# shows: sinusoidal_positions right
import numpy as np


def sinusoidal_positions(seq_len, d_model):
    frequencies = 1e4 ** (-np.arange(0, d_model, 2) / d_model)
    turns = np.exp(1j * np.einsum("t,i->ti", np.arange(seq_len), frequencies))
    return np.stack([turns.imag, turns.real], axis=-1).reshape(seq_len, d_model)
