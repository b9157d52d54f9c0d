# shows: cross_entropy 3.5 3.12|wrong
import numpy as np


def cross_entropy(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(p)), targets]).sum()
