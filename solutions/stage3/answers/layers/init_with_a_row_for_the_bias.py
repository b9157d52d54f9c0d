# shows: init_weights wrong
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    gain = 2.0 if activation == "relu" else 1.0
    weights = rng.normal(0, np.sqrt(gain / fan_in), size=(fan_in, fan_out))
    return np.vstack([weights, np.zeros(fan_out)])
