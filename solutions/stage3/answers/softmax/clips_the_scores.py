# shows: softmax wrong
import numpy as np


def softmax(logits):
    e = np.exp(np.clip(logits, -50, 50))
    return e / e.sum(axis=1, keepdims=True)
