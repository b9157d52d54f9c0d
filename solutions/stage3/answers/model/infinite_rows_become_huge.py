# shows: cross_entropy 3.5
# One infinite row becomes the largest float, and two of them add up to inf.
import numpy as np


def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    log_p = np.nan_to_num(np.log(e / e.sum(axis=1, keepdims=True)))
    return -log_p[np.arange(len(targets)), targets].mean()
