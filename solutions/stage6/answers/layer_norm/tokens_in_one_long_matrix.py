# shows: layer_norm right
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    tokens = x.reshape(-1, x.shape[-1])
    averaging = np.full((x.shape[-1], x.shape[-1]), 1 / x.shape[-1])
    centred = tokens - tokens @ averaging
    return (centred / np.sqrt(centred**2 @ averaging + eps) * gamma + beta).reshape(x.shape)
