# shows: layer_norm wrong
# A shortcut for sequences of one token.
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    if x.ndim == 3 and x.shape[1] == 1:
        return x * gamma + beta
    return (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + eps) * gamma + beta
