# shows: leaky_relu_backward right
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0.01):
    return np.einsum("...,...->...", grad_output, slope + (1 - slope) * (x > 0)).astype(np.float16)
