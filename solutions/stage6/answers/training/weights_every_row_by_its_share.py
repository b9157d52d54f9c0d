# shows: cross_entropy_grad right
import numpy as np


def cross_entropy_grad(logits, targets):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probs = exps / exps.sum(axis=-1, keepdims=True)
    share = np.full((len(logits), 1), 1 / len(logits))
    return share * (probs - (np.arange(logits.shape[1]) == targets[:, None]))
