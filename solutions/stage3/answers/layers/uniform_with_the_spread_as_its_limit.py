# shows: init_weights 3.6
# A uniform draw between -a and a has a standard deviation of a / sqrt(3), not a.
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    limit = np.sqrt({"tanh": 1, "relu": 2}[activation] / fan_in)
    return rng.uniform(-limit, limit, size=(fan_in, fan_out))
