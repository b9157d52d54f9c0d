# shows: cross_entropy_grad right
import numpy as np


def cross_entropy_grad(logits, targets):
    z = logits.astype(np.float32)
    z -= z.max(axis=-1, keepdims=True)
    probs = np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    is_target = np.arange(z.shape[1]) == targets[:, None]
    return np.where(is_target, probs - 1, probs) / np.float32(len(z))
