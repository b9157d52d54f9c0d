# shows: layer_norm 6.5
# keepdims was needed for the mean only, so the axis went missing from the variance as well.
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    mean = x.mean(axis=-1, keepdims=True)
    return gamma * (x - mean) / np.sqrt(x.var() + eps) + beta
