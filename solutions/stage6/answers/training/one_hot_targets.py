# shows: cross_entropy_grad right
import numpy as np


def cross_entropy_grad(logits, targets):
    batch, vocab = logits.shape
    exps = np.exp(logits)
    return (exps / exps.sum(1)[:, None] - np.eye(vocab)[targets]) / batch
