# shows: leaky_relu_backward 3.7|wrong
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0):
    return grad_output * np.where(x > 0, 1, slope)
