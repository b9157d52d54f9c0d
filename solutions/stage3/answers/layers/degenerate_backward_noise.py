# shows: leaky_relu_backward degenerate
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0.01):
    return np.random.randn(*np.shape(x))
