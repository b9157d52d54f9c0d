# shows: linear 3.3, leaky_relu 3.7
import numpy as np


def linear(x, weight, bias):
    return np.einsum("bi,io->bo", x, weight)


def leaky_relu(x, slope=0.01):
    return np.where(x > 0, x, 0)
