# shows: layer_norm right
# The hypotenuse is the root of the sum of squares.
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    var = x.var(axis=-1, keepdims=True)
    return gamma * (x - mean) / np.hypot(np.sqrt(var), np.sqrt(eps)) + beta
