# shows: softmax wrong
import numpy as np


def softmax(logits):
    s = 1 / (1 + np.exp(-np.clip(logits, -500, 500)))
    return s / s.sum(axis=1, keepdims=True)
