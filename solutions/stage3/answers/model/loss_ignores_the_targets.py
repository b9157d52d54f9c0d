# shows: cross_entropy wrong
# The entropy of the model, not its loss.
import numpy as np


def cross_entropy(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    log_probs = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -(np.exp(log_probs) * log_probs).sum(axis=1).mean()
