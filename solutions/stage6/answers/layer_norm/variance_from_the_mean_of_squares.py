# shows: layer_norm right
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean(-1)[..., np.newaxis]
    variance = (x * x).mean(-1)[..., np.newaxis] - mean * mean
    return beta + (x - mean) * gamma / (variance + eps) ** 0.5
