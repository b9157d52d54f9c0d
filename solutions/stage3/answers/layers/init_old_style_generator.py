# shows: init_weights error
# randn is a method of the old RandomState, not of a Generator.
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    gain = {"tanh": 1, "relu": 2}[activation]
    return rng.randn(fan_in, fan_out) * np.sqrt(gain / fan_in)
