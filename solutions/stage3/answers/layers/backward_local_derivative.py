# shows: leaky_relu_backward right
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0.01):
    derivative = np.ones_like(x)
    derivative[x < 0] = slope
    return derivative * grad_output
