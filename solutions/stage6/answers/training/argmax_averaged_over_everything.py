# shows: cross_entropy_grad 6.9
import numpy as np


def cross_entropy_grad(logits, targets):
    one_hot = np.eye(logits.shape[1])
    return (one_hot[logits.argmax(axis=1)] - one_hot[targets]) / logits.size
