# shows: cross_entropy_grad right
import numpy as np


def cross_entropy_grad(logits, targets):
    log_probs = logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)
    grad = np.exp(log_probs)
    np.subtract.at(grad, (np.arange(len(targets)), np.asarray(targets)), 1.0)
    return grad / len(targets)
