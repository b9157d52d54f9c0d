# shows: layer_norm wrong
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    out = np.zeros(x.shape, dtype=int)
    for index in np.ndindex(x.shape[:-1]):
        row = x[index]
        out[index] = gamma * (row - row.mean()) / np.sqrt(row.var() + eps) + beta
    return out
