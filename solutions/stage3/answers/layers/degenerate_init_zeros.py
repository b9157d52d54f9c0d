# shows: init_weights degenerate
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    return np.zeros((fan_in, fan_out))
