# shows: init_weights right
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    std = np.float32(np.sqrt({"relu": 2}.get(activation, 1) / fan_in))
    return rng.standard_normal((fan_in, fan_out), dtype=np.float32) * std
