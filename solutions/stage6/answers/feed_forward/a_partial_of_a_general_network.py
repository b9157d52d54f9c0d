# shows: init_feed_forward right
from functools import partial

import numpy as np


def init_network(rng, d_model, factor, spread):
    shapes = {"w1": (d_model, factor * d_model), "w2": (factor * d_model, d_model)}
    cut = lambda draws: np.clip(draws, -2 * spread, 2 * spread)  # noqa: E731
    params = {name: cut(rng.normal(0, spread, shape)) for name, shape in shapes.items()}
    params |= {"b1": np.zeros(factor * d_model), "b2": np.zeros(d_model)}
    return params


init_feed_forward = partial(init_network, factor=4, spread=0.02)
