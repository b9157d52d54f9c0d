# shows: layer_norm 6.5
# What batch normalisation does: one mean and variance for each feature.
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    axes = tuple(range(x.ndim - 1))
    mean = x.mean(axis=axes)
    variance = x.var(axis=axes)
    return gamma * (x - mean) / np.sqrt(variance + eps) + beta
