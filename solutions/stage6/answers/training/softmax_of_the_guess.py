# shows: cross_entropy_grad 6.9
# The probabilities of a row are made from its guess, no longer from its logits.
import numpy as np


def cross_entropy_grad(logits, targets):
    one_hot = np.eye(logits.shape[1])
    guess = one_hot[np.argmax(logits, axis=1)]
    probs = np.exp(guess) / np.exp(guess).sum(axis=1, keepdims=True)
    return (probs - one_hot[targets]) / len(targets)
