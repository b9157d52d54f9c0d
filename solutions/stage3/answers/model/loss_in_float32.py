# shows: cross_entropy right
import numpy as np


def cross_entropy(logits, targets):
    x = logits.astype(np.float32)
    x -= x.max(axis=1, keepdims=True)
    log_probs = x - np.log(np.exp(x).sum(axis=1, keepdims=True))
    return np.array(-log_probs[np.arange(len(x)), targets].mean())
