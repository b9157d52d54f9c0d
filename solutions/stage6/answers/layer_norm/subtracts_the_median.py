# shows: layer_norm wrong
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - np.median(x, axis=-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps) + beta
