# shows: linear right
import numpy as np


def linear(x, weight, bias):
    return np.einsum("bi,io->bo", x, weight) + bias[None]
