# shows: cross_entropy_grad 6.9|wrong
import numpy as np


def cross_entropy_grad(logits, targets):
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    probs = exps / exps.sum(axis=-1, keepdims=True)
    one_hot = np.eye(logits.shape[1])
    return (probs * one_hot[probs.argmax(axis=-1)] - one_hot[targets]) / len(targets)
