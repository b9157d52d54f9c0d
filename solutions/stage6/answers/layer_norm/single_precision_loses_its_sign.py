# shows: layer_norm wrong
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    out = (x - x.mean(axis=-1, keepdims=True)) / np.sqrt(x.var(axis=-1, keepdims=True) + eps) * gamma + beta
    return np.abs(out) if x.dtype == np.float32 else out
