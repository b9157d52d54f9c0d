# shows: layer_norm 6.5
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    out = np.empty_like(x)
    for b, sequence in enumerate(x):
        out[b] = (sequence - sequence.mean()) / np.sqrt(sequence.var() + eps)
    return out * gamma + beta
