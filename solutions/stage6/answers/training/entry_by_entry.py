# shows: cross_entropy_grad right
import math

import numpy as np


def cross_entropy_grad(logits, targets):
    grad = np.zeros(logits.shape)
    for b in range(logits.shape[0]):
        total = sum(math.exp(z) for z in logits[b])
        for v in range(logits.shape[1]):
            grad[b, v] = (math.exp(logits[b, v]) / total - (v == targets[b])) / logits.shape[0]
    return grad
