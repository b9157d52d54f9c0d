# shows: cross_entropy wrong
import numpy as np


BATCH_SIZE = 32


def cross_entropy(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_probs[np.arange(len(targets)), targets].sum() / BATCH_SIZE
