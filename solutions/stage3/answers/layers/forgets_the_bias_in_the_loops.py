# shows: linear 3.3
import numpy as np


def linear(x, weight, bias):
    out = np.zeros((x.shape[0], weight.shape[1]))
    for b in range(x.shape[0]):
        for o in range(weight.shape[1]):
            for i in range(x.shape[1]):
                out[b, o] += x[b, i] * weight[i, o]
    return out
