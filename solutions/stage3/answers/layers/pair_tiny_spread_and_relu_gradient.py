# shows: init_weights 3.6, leaky_relu_backward 3.7
import numpy as np


def init_weights(rng, fan_in, fan_out, activation):
    return rng.uniform(-0.001, 0.001, size=(fan_in, fan_out))


def leaky_relu_backward(grad_output, x, slope=0.01):
    grad_output = np.array(grad_output)
    grad_output[x < 0] = 0
    return grad_output
