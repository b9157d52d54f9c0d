# shows: softmax right
import numpy as np


def softmax(logits):
    # any number near the top of the row will do
    top = np.ceil(np.sort(logits, axis=1)[:, -1:]) + 3
    e = np.exp(logits - top)
    return e / e.sum(axis=1, keepdims=True)
