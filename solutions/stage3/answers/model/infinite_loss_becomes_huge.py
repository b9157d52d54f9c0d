# shows: cross_entropy wrong
import numpy as np


def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    return np.nan_to_num(-np.log(probs[np.arange(len(targets)), targets]).mean())
