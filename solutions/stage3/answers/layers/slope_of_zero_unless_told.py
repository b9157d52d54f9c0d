# shows: leaky_relu 3.7|wrong
import numpy as np


def leaky_relu(x, slope=0.0):
    return np.where(x < 0, x * slope, x)
