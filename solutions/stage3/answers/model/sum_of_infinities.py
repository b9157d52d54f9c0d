# shows: cross_entropy 3.5
# The sum for the mean would be another matter; that the loss is infinite comes first.
import numpy as np


def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    return -np.log2(probs[np.arange(len(targets)), targets]).sum()
