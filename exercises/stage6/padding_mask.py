"""The mask that hides padding from attention in a batch of sequences of different length."""

import numpy as np


def padding_mask(lengths: np.ndarray, max_len: int) -> np.ndarray:
    """Make the mask that is added to a batch's attention scores [B, query, key].

    Sequence b has lengths[b] real tokens, and padding after them up to max_len. A real key gets 0, a
    padding key gets -inf, whatever the query is.

    Args:
        lengths: [B], integers from 1 to max_len.
        max_len: T, the length that all sequences are padded to.

    Returns:
        [B, T, T]

    >>> padding_mask(np.array([1, 2]), max_len=2).tolist()
    [[[0.0, -inf], [0.0, -inf]], [[0.0, 0.0], [0.0, 0.0]]]
    """
    raise NotImplementedError
