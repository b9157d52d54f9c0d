# shows: leaky_relu 3.13, leaky_relu_backward 3.7
import numpy as np


def leaky_relu(x, slope=0.01):
    return np.maximum(x, slope)


def leaky_relu_backward(grad_output, x, slope=0.01):
    return grad_output * (x > 0)
