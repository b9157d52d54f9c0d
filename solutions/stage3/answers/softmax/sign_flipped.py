# shows: softmax wrong
import numpy as np


def softmax(logits):
    # "physicists write exp(-E)"
    e = np.exp(-(logits - logits.min(axis=1, keepdims=True)))
    return e / e.sum(axis=1, keepdims=True)
