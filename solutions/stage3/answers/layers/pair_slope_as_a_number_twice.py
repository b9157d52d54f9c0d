# shows: leaky_relu 3.13, leaky_relu_backward 3.13
import numpy as np


def leaky_relu(x, slope=0.01):
    return np.clip(x, slope, None)


def leaky_relu_backward(grad_output, x, slope=0.01):
    return np.where(x > 0, grad_output, slope)
