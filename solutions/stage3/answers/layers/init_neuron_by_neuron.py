# shows: init_weights right
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    sigma = np.sqrt((1 + (activation == "relu")) / fan_in)
    neurons = [rng.normal(loc=0, scale=sigma, size=fan_in) for _ in range(fan_out)]
    return np.column_stack(neurons).astype(np.float16)
