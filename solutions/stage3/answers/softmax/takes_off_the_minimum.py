# shows: softmax 3.11
import numpy as np


def softmax(logits):
    # no negative exponents
    e = np.exp(logits - np.min(logits, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)
