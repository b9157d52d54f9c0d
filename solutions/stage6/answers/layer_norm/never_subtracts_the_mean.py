# shows: layer_norm wrong
# Root mean square normalisation: near to this, and another layer.
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    return gamma * x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + eps) + beta
