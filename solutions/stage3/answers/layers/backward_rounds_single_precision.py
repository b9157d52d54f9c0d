# shows: leaky_relu_backward wrong
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0.01):
    grad = np.where(x > 0, grad_output, slope * grad_output)
    return grad.round(1) if grad.dtype == np.float32 else grad
