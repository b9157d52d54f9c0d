# shows: leaky_relu wrong
# ELU: another way to let negative numbers through.
import numpy as np


def leaky_relu(x, slope=0.01):
    return np.where(x > 0, x, slope * np.expm1(np.minimum(x, 0)))
