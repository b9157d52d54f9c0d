# shows: init_weights 3.6|wrong
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    limit = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-limit, limit, (fan_in, fan_out))
