# shows: linear right
import numpy as np


def linear(x, weight, bias):
    result = []
    for row in x:
        result.append([sum(row * weight[:, o]) + bias[o] for o in range(len(bias))])
    return np.array(result)
