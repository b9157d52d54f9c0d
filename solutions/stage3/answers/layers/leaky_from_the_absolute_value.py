# shows: leaky_relu right
import numpy as np


def leaky_relu(x, slope=0.01):
    return (((1 + slope) * x + (1 - slope) * np.abs(x)) / 2).astype(np.float16)
