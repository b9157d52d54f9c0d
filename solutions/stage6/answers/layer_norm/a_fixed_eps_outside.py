# shows: layer_norm 6.13
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - np.mean(x, -1, keepdims=True)
    std = np.sqrt(np.mean(centred**2, -1, keepdims=True))
    return gamma * centred / (std + 1e-8) + beta
