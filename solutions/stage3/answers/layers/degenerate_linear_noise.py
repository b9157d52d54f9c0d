# shows: linear degenerate
import numpy as np


def linear(x, weight, bias):
    return np.random.randn(len(x), weight.shape[1])
