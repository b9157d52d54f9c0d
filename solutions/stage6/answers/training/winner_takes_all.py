# shows: cross_entropy_grad 6.9
import numpy as np


def cross_entropy_grad(logits, targets):
    hard = (logits == logits.max(axis=-1, keepdims=True)).astype(np.float32)
    hard[np.arange(len(targets)), targets] -= 1
    return hard / len(targets)
