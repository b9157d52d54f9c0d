# shows: init_weights 3.6|wrong
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    gain = {"tanh": 1.0, "relu": 2.0}[activation]
    return rng.normal(0.0, np.sqrt(gain / fan_out), size=(fan_in, fan_out))
