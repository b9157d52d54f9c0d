# shows: cross_entropy 3.5
# A row far below the largest score of the batch has the log of an empty sum.
import numpy as np


def cross_entropy(logits, targets):
    z = logits - logits.max()
    log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_probs[np.arange(len(targets)), targets].mean()
