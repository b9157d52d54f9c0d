# shows: cross_entropy 3.5|wrong
# exp(loss): another quantity, and not finite where the loss is large.
import numpy as np


def cross_entropy(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return np.exp(-log_probs[np.arange(len(targets)), targets].mean())
