# shows: layer_norm 6.13
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    x = x.astype(np.float32)
    out = (x - x.mean(-1, keepdims=True)) / (x.std(-1, keepdims=True) + np.float32(eps))
    return (out * gamma + beta).astype(np.float32)
