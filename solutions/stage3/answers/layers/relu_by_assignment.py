# shows: leaky_relu 3.7
import numpy as np


def leaky_relu(x, slope=0.01):
    out = np.array(x, dtype=float)
    out[out < 0] = 0
    return out
