# shows: layer_norm 6.5
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    mean = np.mean(x, axis=-2, keepdims=True)
    variance = np.var(x, axis=-2, keepdims=True)
    return (x - mean) / np.sqrt(variance + eps) * gamma + beta
