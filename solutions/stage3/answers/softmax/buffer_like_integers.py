# shows: softmax wrong
import numpy as np


def softmax(logits):
    probs = np.zeros(logits.shape, dtype=int)
    for i, row in enumerate(logits):
        e = np.exp(row - row.max())
        probs[i] = e / e.sum()
    return probs
