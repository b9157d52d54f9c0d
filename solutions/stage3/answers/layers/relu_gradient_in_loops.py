# shows: leaky_relu_backward 3.7
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0.01):
    result = np.zeros(grad_output.shape)
    for index in np.ndindex(*x.shape):
        if x[index] > 0:
            result[index] = grad_output[index]
    return result
