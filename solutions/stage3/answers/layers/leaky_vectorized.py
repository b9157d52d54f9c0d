# shows: leaky_relu right
import numpy as np


def one(v, slope):
    return v * (1.0 if v >= 0 else slope)


def leaky_relu(x, slope=0.01):
    return np.vectorize(one, otypes=[float])(x, slope)
