# shows: leaky_relu_backward 3.13
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0.01):
    result = np.empty(x.shape)
    for index, value in np.ndenumerate(x):
        result[index] = grad_output[index] if value > 0 else slope
    return result
