# shows: linear right
import numpy as np


def linear(x, weight, bias):
    x, weight, bias = (np.asarray(a, dtype=np.float32) for a in (x, weight, bias))
    out = np.tile(bias, (x.shape[0], 1))
    out += x @ weight
    return out
