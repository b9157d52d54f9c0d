# shows: cross_entropy right
import numpy as np


def cross_entropy(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return sum(-log_probs[i, t] / targets.size for i, t in enumerate(targets))
