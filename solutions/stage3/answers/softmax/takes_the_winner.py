# shows: softmax wrong
import numpy as np


def softmax(logits):
    return np.eye(logits.shape[1])[logits.argmax(axis=1)]
