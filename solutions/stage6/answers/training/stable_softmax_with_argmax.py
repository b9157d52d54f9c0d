# shows: cross_entropy_grad right
# argmax only finds the largest logit, which is taken off for the sake of exp.
import numpy as np


def cross_entropy_grad(logits, targets):
    rows = np.arange(len(logits))
    largest = logits[rows, logits.argmax(axis=-1)]
    exps = np.exp(logits - largest[:, None])
    grad = exps / exps.sum(axis=-1, keepdims=True)
    grad[rows, targets] -= 1
    return grad / len(rows)
