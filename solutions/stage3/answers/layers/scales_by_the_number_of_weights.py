# shows: init_weights 3.6
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    c = 1.0 if activation == "tanh" else 2.0
    return rng.normal(0, np.sqrt(c / (fan_in * fan_out)), (fan_in, fan_out))
