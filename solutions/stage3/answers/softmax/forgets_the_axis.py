# shows: softmax 3.1
import numpy as np


def softmax(logits):
    # the formula from a single vector, used for a matrix
    z = np.exp(logits - np.max(logits))
    return z / np.sum(z)
