# shows: layer_norm 6.5
# Looping over an array loops over its first axis.
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    mean = sum(x) / len(x)
    variance = sum((part - mean) ** 2 for part in x) / len(x)
    return gamma * (x - mean) / np.sqrt(variance + eps) + beta
