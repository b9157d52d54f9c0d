# shows: layer_norm right
import numpy as np


class LayerNorm:
    """The statistics of a token in one place, the rest in another."""

    def statistics(self, x, eps):
        return x.mean(axis=-1, keepdims=True), np.sqrt(np.var(x, axis=-1, keepdims=True) + eps)

    def __call__(self, x, gamma, beta, eps=1e-5):
        mean, std = self.statistics(x, eps)
        return np.add(np.multiply(np.divide(np.subtract(x, mean), std), gamma), beta)


layer_norm = LayerNorm()
