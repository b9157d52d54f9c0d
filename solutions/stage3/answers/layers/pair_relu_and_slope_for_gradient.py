# shows: leaky_relu 3.7, leaky_relu_backward 3.13
import numpy as np


def leaky_relu(x, slope=0.01):
    return np.maximum(x, 0)


def leaky_relu_backward(grad_output, x, slope=0.01):
    grad_output = grad_output.copy()
    grad_output[x < 0] = slope
    return grad_output
