# shows: leaky_relu wrong
import numpy as np


def leaky_relu(x, slope=0.01):
    out = np.zeros(x.shape, dtype=int)
    out[x > 0] = x[x > 0]
    out[x <= 0] = slope * x[x <= 0]
    return out
