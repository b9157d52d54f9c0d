# shows: cross_entropy_grad wrong
import numpy as np


def cross_entropy_grad(logits, targets):
    return (logits - np.eye(logits.shape[1])[targets]) / len(targets)
