"""Positions that need no table: sines and cosines of many wavelengths."""

import numpy as np


def sinusoidal_positions(seq_len: int, d_model: int) -> np.ndarray:
    """Encode the positions 0 ... seq_len - 1 as [T, D] (Vaswani et al. 2017, section 3.5)."""
    frequencies = 10000.0 ** (-np.arange(0, d_model, 2) / d_model)
    angles = np.arange(seq_len)[:, None] * frequencies
    encoding = np.empty((seq_len, d_model))
    encoding[:, 0::2] = np.sin(angles)
    encoding[:, 1::2] = np.cos(angles)
    return encoding
