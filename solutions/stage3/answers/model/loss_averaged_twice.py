# shows: cross_entropy wrong
import numpy as np


def cross_entropy(logits, targets):
    n = len(targets)
    z = logits - logits.max(axis=1, keepdims=True)
    log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_probs[np.arange(n), targets].mean() / n
