# shows: init_weights right
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    if activation == "tanh":
        a = np.sqrt(6.0 / (fan_in + fan_out))
    elif activation == "relu":
        a = np.sqrt(6.0 / fan_in)
    else:
        raise ValueError(activation)
    return a * (2.0 * rng.random(size=(fan_in, fan_out)) - 1.0)
