# shows: linear 3.3
import numpy as np


def linear(x, weight, bias):
    bias = np.zeros(weight.shape[1])  # biases start at zero
    return np.matmul(x, weight) + bias
