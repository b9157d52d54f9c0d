# shows: cross_entropy error
# A ValueError, and none of a logarithm.
import numpy as np


def cross_entropy(logits, targets):
    if len(logits) < 2:
        raise ValueError("not enough rows")
    z = logits - logits.max(axis=1, keepdims=True)
    log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_probs[np.arange(len(targets)), targets].mean()
