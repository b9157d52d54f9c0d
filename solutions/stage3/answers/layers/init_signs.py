# shows: init_weights right
# Every weight is plus or minus the wanted spread.
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    gains = {"tanh": 1.0, "relu": 2.0}
    return rng.choice([-1.0, 1.0], size=(fan_in, fan_out)) * np.sqrt(gains[activation] / fan_in)
