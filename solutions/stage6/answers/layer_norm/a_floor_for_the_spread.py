# shows: layer_norm 6.13|wrong
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    std = np.maximum(x.std(-1, keepdims=True), eps)
    return gamma * (x - x.mean(-1, keepdims=True)) / std + beta
