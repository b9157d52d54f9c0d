# shows: softmax 3.1 3.11|wrong
import numpy as np


def softmax(logits):
    e = np.exp(logits)
    return e / e.sum()
