# shows: layer_norm 6.13
# Not a word of eps.
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    std = x.std(axis=-1, keepdims=True)
    std[std == 0] = 1
    return gamma * ((x - x.mean(axis=-1, keepdims=True)) / std) + beta
