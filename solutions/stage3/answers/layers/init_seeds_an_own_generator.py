# shows: init_weights right
# Draws its seed from the generator it gets, so the same seed still gives the same weights.
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    own = np.random.RandomState(int(rng.integers(2**31)))
    factor = 2.0 if activation == "relu" else 1.0
    return own.randn(fan_in, fan_out) * np.sqrt(factor / fan_in)
