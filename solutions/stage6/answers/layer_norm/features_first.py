# shows: layer_norm right
# With the features in front, a mean over axis 0 is the right one and needs no keepdims.
import numpy as np


def layer_norm(x, gamma, beta, eps=1e-5):
    features = np.moveaxis(x, -1, 0)
    normalised = (features - features.mean(axis=0)) / np.sqrt(features.var(axis=0) + eps)
    return np.moveaxis(normalised, 0, -1) * gamma + beta
