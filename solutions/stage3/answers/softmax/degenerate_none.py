# shows: softmax degenerate
import numpy as np


def softmax(logits):
    probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    print(probs.shape)
