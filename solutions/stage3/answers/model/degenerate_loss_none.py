# shows: cross_entropy degenerate
import numpy as np


def cross_entropy(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    loss = -(z - np.log(np.exp(z).sum(axis=1, keepdims=True)))[np.arange(len(targets)), targets].mean()
