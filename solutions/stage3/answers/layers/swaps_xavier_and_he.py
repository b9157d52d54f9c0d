# shows: init_weights 3.6
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    if activation == "tanh":
        scale = np.sqrt(2 / fan_in)
    else:
        scale = np.sqrt(1 / fan_in)
    return rng.standard_normal((fan_in, fan_out)) * scale
