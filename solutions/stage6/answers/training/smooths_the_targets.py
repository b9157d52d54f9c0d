# shows: cross_entropy_grad wrong
import numpy as np


def cross_entropy_grad(logits, targets):
    n_rows, vocab = logits.shape
    exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
    soft = 0.9 * np.eye(vocab)[targets] + 0.1 / vocab
    return (exps / exps.sum(axis=-1, keepdims=True) - soft) / n_rows
