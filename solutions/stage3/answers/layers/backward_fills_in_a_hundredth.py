# shows: leaky_relu_backward 3.13
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0.01):
    grad = np.array(grad_output, copy=True)
    grad[x < 0] = 0.01
    return grad
