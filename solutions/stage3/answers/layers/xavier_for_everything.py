# shows: init_weights 3.6
# Before a ReLU this halves the signal's power in every layer.
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    return rng.normal(0, 1 / np.sqrt(fan_in), size=(fan_in, fan_out))
