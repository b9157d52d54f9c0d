# shows: init_weights right
from functools import partial

import numpy as np


def draw(gains, rng, fan_in, fan_out, activation):
    return np.sqrt(gains[activation] / fan_in) * rng.standard_normal((fan_out, fan_in)).T


init_weights = partial(draw, {"tanh": 1, "relu": 2})
