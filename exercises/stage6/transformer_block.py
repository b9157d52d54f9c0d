"""One transformer block: attention and a feed-forward network, each with its norm and residual."""

from collections.abc import Callable

import numpy as np

Layer = Callable[[np.ndarray], np.ndarray]


def transformer_block(x: np.ndarray, attention: Layer, feed_forward: Layer, norm1: Layer, norm2: Layer) -> np.ndarray:
    """Pass the tokens through a pre-norm block: first attention, then the feed-forward network.

    Pre-norm means that a sublayer reads a normalised copy of the residual stream (norm1 is for
    attention, norm2 for the feed-forward network), while the stream itself is only added to.

    Args:
        x: [B, T, D], the residual stream that comes in.
        attention, feed_forward, norm1, norm2: functions [B, T, D] -> [B, T, D].

    Returns:
        [B, T, D], the residual stream that goes out.

    Here both norms halve, attention doubles and the feed-forward network adds one:

    >>> x = np.array([[[10.0, 20.0]]])
    >>> transformer_block(x, lambda x: 2 * x, lambda x: x + 1, lambda x: x / 2, lambda x: x / 2).tolist()
    [[[31.0, 61.0]]]
    """
    raise NotImplementedError
