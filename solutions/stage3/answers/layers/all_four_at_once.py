# shows: linear 3.3, init_weights 3.6, leaky_relu 3.7, leaky_relu_backward 3.7
import numpy as np


class Layer:
    def linear(self, x, weight, bias):
        return x @ weight

    def init_weights(self, rng, fan_in, fan_out, activation):
        return rng.standard_normal((fan_in, fan_out)) / fan_in

    def leaky_relu(self, x, slope=0.01):
        return x.clip(min=0)

    def leaky_relu_backward(self, grad_output, x, slope=0.01):
        return grad_output * np.sign(np.maximum(x, 0))


layer = Layer()
linear, init_weights = layer.linear, layer.init_weights
leaky_relu, leaky_relu_backward = layer.leaky_relu, layer.leaky_relu_backward
