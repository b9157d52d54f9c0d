"""A mask that keeps each position from seeing what comes after it."""

import numpy as np


def causal_mask(seq_len: int) -> np.ndarray:
    """What to add to attention scores so that no query sees a later key.

    Row i belongs to query i, column j to key j. A query may see the keys up to and including
    its own position; every later key has to get no weight at all once softmax has run.

    Args:
        seq_len: T, the number of positions.

    Returns:
        [T, T] floats to be added to scores: 0 where the key may be seen, -inf where it may not.

    >>> causal_mask(3)
    array([[  0., -inf, -inf],
           [  0.,   0., -inf],
           [  0.,   0.,   0.]])
    """
    raise NotImplementedError
