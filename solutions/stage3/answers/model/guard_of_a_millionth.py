# shows: cross_entropy wrong
# The loss ends at 13.8 nats.
import numpy as np


def cross_entropy(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return -np.log(np.maximum(p, 1e-6))[np.arange(len(targets)), targets].mean()
