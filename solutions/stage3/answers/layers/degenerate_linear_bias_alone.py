# shows: linear degenerate
# Follows the bias and nothing else.
import numpy as np


def linear(x, weight, bias):
    return np.tile(bias, (len(x), 1))
