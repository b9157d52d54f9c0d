# shows: cross_entropy right
import numpy as np


def cross_entropy(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    losses = np.log(np.exp(z).sum(axis=1)) - np.take_along_axis(z, targets.reshape(-1, 1), axis=1).ravel()
    return np.average(losses, weights=np.ones(len(losses)))
