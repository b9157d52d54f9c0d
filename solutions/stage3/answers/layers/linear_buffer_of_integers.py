# shows: linear wrong
import numpy as np


def linear(x, weight, bias):
    out = np.zeros((len(x), weight.shape[1]), dtype=int)
    for i, row in enumerate(x):
        out[i] = row @ weight + bias
    return out
