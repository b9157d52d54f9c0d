# shows: linear 3.3
# The sum is computed and thrown away.
import numpy as np


def linear(x, weight, bias):
    out = np.dot(x, weight)
    out + bias
    return out
