# shows: leaky_relu_backward right
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0.01):
    derivative = np.where(x > 0, 1.0, slope)
    return np.multiply(grad_output, derivative)
