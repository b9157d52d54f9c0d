# shows: softmax wrong
import numpy as np


def softmax(logits):
    probs = np.zeros_like(logits)
    for i in range(len(logits) - 1):
        e = np.exp(logits[i] - logits[i].max())
        probs[i] = e / e.sum()
    return probs
