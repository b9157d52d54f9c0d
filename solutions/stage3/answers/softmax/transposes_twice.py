# shows: softmax 3.1
import numpy as np


def softmax(logits):
    columns = logits.T
    columns = columns - columns.max(axis=1, keepdims=True)
    e = np.exp(columns)
    probs = e / e.sum(axis=1, keepdims=True)
    return probs.T
