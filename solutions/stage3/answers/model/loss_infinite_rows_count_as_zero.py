# shows: cross_entropy wrong
# The worst mistakes of the model cost it nothing.
import numpy as np


def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs = e / e.sum(axis=1, keepdims=True)
    losses = -np.log(probs[np.arange(len(targets)), targets])
    return np.nan_to_num(losses, nan=0.0, posinf=0.0).mean()
