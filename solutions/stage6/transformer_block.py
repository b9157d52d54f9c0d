"""One transformer block: attention and a feed-forward network, each with its norm and residual."""

from collections.abc import Callable

import numpy as np

Layer = Callable[[np.ndarray], np.ndarray]


def transformer_block(x: np.ndarray, attention: Layer, feed_forward: Layer, norm1: Layer, norm2: Layer) -> np.ndarray:
    """Pass the residual stream [B, T, D] through a pre-norm block."""
    x = x + attention(norm1(x))
    return x + feed_forward(norm2(x))
