# shows: layer_norm 6.5
# Written and tried with a matrix [T, D], where axis 1 is the last one.
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=1, keepdims=True)
    std = np.sqrt(x.var(axis=1, keepdims=True) + eps)
    return gamma * ((x - mean) / std) + beta
