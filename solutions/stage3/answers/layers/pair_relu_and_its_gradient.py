# shows: leaky_relu 3.7, leaky_relu_backward 3.7
import numpy as np


def leaky_relu(x, slope=0.01):
    return np.maximum(x, 0)


def leaky_relu_backward(grad_output, x, slope=0.01):
    return np.where(x > 0, grad_output, 0)
