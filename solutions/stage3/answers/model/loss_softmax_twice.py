# shows: cross_entropy wrong
import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(logits, targets):
    probs = softmax(softmax(logits))
    return -np.log(probs[np.arange(len(targets)), targets]).mean()
