# shows: init_weights 3.6
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    gain = 2 if activation == "relu" else 1
    return rng.normal(size=(fan_in, fan_out)) * np.sqrt(fan_in / gain)
