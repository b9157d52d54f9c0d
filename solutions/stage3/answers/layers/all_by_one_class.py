# shows: linear right, init_weights right, leaky_relu right, leaky_relu_backward right
import numpy as np


class Layer:
    gains = {"tanh": 1.0, "relu": 2.0}

    def forward(self, x, w, b):
        return np.sum([np.outer(x[:, i], w[i]) for i in range(len(w))], axis=0) + b

    def start(self, rng, n, m, name):
        return rng.normal(scale=(self.gains[name] / n) ** 0.5, size=n * m).reshape(n, m)

    def activate(self, x, slope=0.01):
        return x * self.derivative(x, slope)

    def derivative(self, x, slope):
        return np.select([x < 0], [slope], default=1.0)

    def backward(self, grad, x, slope=0.01):
        return grad * self.derivative(x, slope)


layer = Layer()
linear = layer.forward
init_weights = layer.start
leaky_relu = layer.activate
leaky_relu_backward = layer.backward
