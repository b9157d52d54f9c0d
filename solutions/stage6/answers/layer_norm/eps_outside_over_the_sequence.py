# shows: layer_norm 6.5
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    mean, std = x.mean(axis=-2, keepdims=True), x.std(axis=-2, keepdims=True)
    return gamma * (x - mean) / (std + eps) + beta
