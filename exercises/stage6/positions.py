"""Positions that need no table: sines and cosines of many wavelengths."""

import numpy as np


def sinusoidal_positions(seq_len: int, d_model: int) -> np.ndarray:
    """Encode the positions 0 ... seq_len - 1. There is no longest sequence.

    Columns come in pairs: pair i holds the sine (column 2 i) and the cosine (column 2 i + 1) of
    position / 10000 ** (2 i / d_model).

    Args:
        seq_len: T, any length.
        d_model: D, an even number.

    Returns:
        [T, D]

    >>> sinusoidal_positions(2, 4).round(3).tolist()
    [[0.0, 1.0, 0.0, 1.0], [0.841, 0.54, 0.01, 1.0]]
    """
    raise NotImplementedError
