# shows: init_weights right
# Draws again what lies beyond two standard deviations, and makes up for the spread lost by it.
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    w = rng.standard_normal((fan_in, fan_out))
    far = np.abs(w) > 2
    while far.any():
        w[far] = rng.standard_normal(int(far.sum()))
        far = np.abs(w) > 2
    gain = 2.0 if activation == "relu" else 1.0
    return w * np.sqrt(gain / fan_in) / 0.87962566103423978
