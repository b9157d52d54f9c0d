# shows: linear degenerate
import numpy as np


def linear(x, weight, bias):
    return np.full((len(x), weight.shape[1]), np.nan)
