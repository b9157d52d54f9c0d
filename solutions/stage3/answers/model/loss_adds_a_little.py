# shows: cross_entropy right
import numpy as np


def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    one_hot = np.eye(logits.shape[1])[targets]
    return -np.sum(one_hot * np.log(probs + 1e-10)) / len(targets)
