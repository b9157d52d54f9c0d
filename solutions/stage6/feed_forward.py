"""The parameters of a block's feed-forward network."""

import numpy as np


def init_feed_forward(rng: np.random.Generator, d_model: int) -> dict[str, np.ndarray]:
    """Make the parameters of a network D -> 4 D -> D: "w1", "b1", "w2" and "b2"."""
    d_ff = 4 * d_model
    return {
        "w1": rng.normal(scale=d_model**-0.5, size=(d_model, d_ff)),
        "b1": np.zeros(d_ff),
        "w2": rng.normal(scale=d_ff**-0.5, size=(d_ff, d_model)),
        "b2": np.zeros(d_model),
    }
