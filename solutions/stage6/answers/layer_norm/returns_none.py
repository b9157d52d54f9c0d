# shows: layer_norm degenerate
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    normalised = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps)
    normalised *= gamma
    normalised += beta
