# shows: leaky_relu_backward right
import numpy as np


def leaky_relu_backward(grad_output, x, slope=0.01):
    pairs = zip(grad_output.flat, x.flat, strict=True)
    return np.array([g if v >= 0 else slope * g for g, v in pairs], dtype="f4").reshape(x.shape)
