# shows: layer_norm 6.5
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    normalised = (x - x.mean()) / np.sqrt(x.var() + eps)
    return gamma * normalised + beta
