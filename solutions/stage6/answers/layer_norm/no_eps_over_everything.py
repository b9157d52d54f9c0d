# shows: layer_norm 6.5
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    return gamma * (x - x.mean()) / x.std() + beta
