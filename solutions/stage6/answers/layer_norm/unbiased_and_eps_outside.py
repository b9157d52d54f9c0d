# shows: layer_norm wrong
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    std = x.std(axis=-1, ddof=1, keepdims=True)
    return gamma * (x - x.mean(axis=-1, keepdims=True)) / (std + eps) + beta
