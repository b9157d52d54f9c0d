# shows: cross_entropy 3.5
# Leaves the infinite rows out, and has nothing to average when all are.
import numpy as np


def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    losses = -np.log(probs[np.arange(len(targets)), targets])
    return losses[np.isfinite(losses)].mean()
