# shows: init_weights degenerate
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    weights = rng.normal(0, np.sqrt(2 / fan_in), size=(fan_in, fan_out))
