# shows: init_weights right
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    if activation == "relu":
        std = (2 / fan_in) ** 0.5
    else:
        std = (2 / (fan_in + fan_out)) ** 0.5
    return std * rng.standard_normal((fan_in, fan_out))
