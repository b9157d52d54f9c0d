# shows: linear right
import numpy as np


def linear(x, weight, bias):
    return (weight.astype(np.longdouble).T @ x.T + bias[:, np.newaxis]).T
