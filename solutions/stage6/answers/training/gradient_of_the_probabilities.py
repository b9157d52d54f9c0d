# shows: cross_entropy_grad wrong
# Stops one step early: with respect to the probabilities, not the logits.
import numpy as np


def cross_entropy_grad(logits, targets):
    rows = np.arange(len(targets))
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probs = exps / exps.sum(axis=-1, keepdims=True)
    grad = np.zeros_like(probs)
    grad[rows, targets] = -1 / probs[rows, targets]
    return grad / len(targets)
