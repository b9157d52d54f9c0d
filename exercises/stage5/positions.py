"""Telling the model where in the sequence each token stands."""

import numpy as np


def add_positions(embeddings: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Give every token embedding the vector of its position.

    Attention has no sense of order, so the order has to be in the vectors. The result is as wide
    as the embeddings. The position table is often longer than the sequence.

    Args:
        embeddings: [B, T, D] token embeddings.
        positions: [max_len, D] one vector per position, max_len >= T; row t is for position t.

    Returns:
        [B, T, D].

    >>> embeddings = np.array([[[1.0, 2.0], [3.0, 4.0]]])           # B = 1, T = 2, D = 2
    >>> positions = np.array([[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]])  # max_len = 3
    >>> add_positions(embeddings, positions)
    array([[[1.1, 2.2],
            [3.3, 4.4]]])
    """
    raise NotImplementedError
