"""The parameters of a block's feed-forward network."""

import numpy as np


def init_feed_forward(rng: np.random.Generator, d_model: int) -> dict[str, np.ndarray]:
    """Make the parameters of a two-layer network that widens each token to F = 4 * d_model and back.

    Draw the weights from `rng`, so that the same seed gives the same network. Their spread is your
    choice (a standard deviation between 0.001 and 2).

    Args:
        rng: the only source of randomness to use.
        d_model: D, the width of a token.

    Returns:
        "w1" [D, F], "b1" [F], "w2" [F, D] and "b2" [D].

    >>> network = init_feed_forward(np.random.default_rng(0), d_model=3)
    >>> [network[name].shape for name in ("w1", "b1", "w2", "b2")]
    [(3, 12), (12,), (12, 3), (3,)]
    """
    raise NotImplementedError
