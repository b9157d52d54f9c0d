# shows: layer_norm right
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    out = np.zeros(x.shape)
    for where in np.ndindex(*x.shape[:-1]):
        token = x[where]
        mean = sum(token) / len(token)
        variance = sum((value - mean) ** 2 for value in token) / len(token)
        for d in range(len(token)):
            out[(*where, d)] = gamma[d] * (token[d] - mean) / (variance + eps) ** 0.5 + beta[d]
    return out
