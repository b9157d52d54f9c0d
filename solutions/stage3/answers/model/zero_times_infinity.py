# shows: cross_entropy 3.5
import numpy as np


def cross_entropy(logits, targets):
    one_hot = np.eye(logits.shape[1])[targets]
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    return float(-(one_hot * np.log(probs)).sum() / len(targets))
