# shows: leaky_relu wrong
# One number for all negative inputs, but one that grows with them.
import numpy as np


def leaky_relu(x, slope=0.01):
    out = x.copy()
    if (x < 0).any():
        out[x < 0] = slope * x[x < 0].mean()
    return out
