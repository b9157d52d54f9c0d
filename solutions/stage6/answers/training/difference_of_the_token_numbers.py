# shows: cross_entropy_grad 6.9|wrong
# How far the guessed token's number is from the target's.
import numpy as np


def cross_entropy_grad(logits, targets):
    error = logits.argmax(axis=-1) - targets
    grad = np.zeros_like(logits)
    grad[np.arange(len(targets)), targets] = error
    return grad / len(targets)
