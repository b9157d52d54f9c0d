# shows: linear wrong
import numpy as np


def linear(x, weight, bias):
    return np.maximum(0, x @ weight + bias)
