# shows: leaky_relu_backward wrong
import numpy as np


def leaky_relu_backward(x, grad_output, slope=0.01):
    return np.where(x > 0, grad_output, slope * grad_output)
