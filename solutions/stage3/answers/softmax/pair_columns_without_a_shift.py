# shows: softmax 3.1 3.11|wrong
import numpy as np


def softmax(logits):
    return np.exp(logits) / np.exp(logits).sum(axis=0)
