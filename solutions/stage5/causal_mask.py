"""A mask that keeps each position from seeing what comes after it."""

import numpy as np


def causal_mask(seq_len: int) -> np.ndarray:
    """[T, T]: -inf above the diagonal, where the key is later than the query, and 0 elsewhere."""
    return np.triu(np.full((seq_len, seq_len), -np.inf), k=1)
