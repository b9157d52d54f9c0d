# shows: init_weights wrong
# The same weights for every seed.
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    rng = np.random.default_rng(42)
    gain = 2.0 if activation == "relu" else 1.0
    return rng.normal(0, np.sqrt(gain / fan_in), (fan_in, fan_out))
