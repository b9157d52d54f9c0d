# shows: layer_norm right
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    width = x.shape[-1]
    centred = x - np.einsum("...d->...", x)[..., None] / width
    variance = np.einsum("...d,...d->...", centred, centred)[..., None] / width
    return np.einsum("...d,d->...d", centred / np.sqrt(variance + eps), gamma) + beta
