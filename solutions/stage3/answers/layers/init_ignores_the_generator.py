# shows: init_weights wrong
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    gain = 2.0 if activation == "relu" else 1.0
    return np.random.randn(fan_in, fan_out) * np.sqrt(gain / fan_in)
