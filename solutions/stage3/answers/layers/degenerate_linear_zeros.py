# shows: linear degenerate
import numpy as np


def linear(x, weight, bias):
    return np.zeros((len(x), weight.shape[1]))
