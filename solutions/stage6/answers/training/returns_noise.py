# shows: cross_entropy_grad degenerate
import numpy as np


def cross_entropy_grad(logits, targets):
    return np.random.normal(size=logits.shape)
