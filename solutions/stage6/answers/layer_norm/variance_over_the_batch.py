# shows: layer_norm 6.5
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = (centred**2).mean(axis=0, keepdims=True)
    return gamma * centred / np.sqrt(variance + eps) + beta
