# shows: softmax degenerate
import numpy as np


def softmax(logits):
    return np.zeros_like(logits)
