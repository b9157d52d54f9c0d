# shows: cross_entropy wrong
# A probability below 1e-5 counts as 1e-5, so the loss stops at 11.5 nats.
import numpy as np


def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    return -np.log(np.clip(probs[np.arange(len(targets)), targets], 1e-5, 1 - 1e-5)).mean()
