# shows: cross_entropy 3.5
import numpy as np


def cross_entropy(logits, targets):
    probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.mean(np.log(probs[np.arange(len(targets)), targets] + 1e-10))
