# shows: cross_entropy_grad wrong
import numpy as np


def cross_entropy_grad(logits, targets):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probs = exps / exps.sum(axis=-1, keepdims=True)
    probs[np.arange(len(targets)), targets] -= 1
    return np.round(probs / len(targets), 2)
