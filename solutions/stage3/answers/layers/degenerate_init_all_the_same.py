# shows: init_weights degenerate
# The size of every weight is right; all neurons compute the same for ever.
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    gain = {"tanh": 1, "relu": 2}[activation]
    return np.full((fan_in, fan_out), np.sqrt(gain / fan_in))
