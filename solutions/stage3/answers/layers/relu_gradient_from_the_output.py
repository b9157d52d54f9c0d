# shows: leaky_relu_backward 3.7
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0.01):
    out = np.maximum(x, 0)
    return np.where(out > 0, 1.0, 0.0) * grad_output
