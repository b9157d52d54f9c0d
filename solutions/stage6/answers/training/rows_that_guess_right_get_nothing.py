# shows: cross_entropy_grad 6.9
# The rule of the perceptron.
import numpy as np


def cross_entropy_grad(logits, targets):
    grad = np.zeros(logits.shape)
    for b, target in enumerate(targets):
        guess = int(np.argmax(logits[b]))
        if guess != target:
            grad[b, guess] = 1 / len(logits)
            grad[b, target] = -1 / len(logits)
    return grad
