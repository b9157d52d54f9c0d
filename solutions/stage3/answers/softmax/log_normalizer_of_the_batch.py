# shows: softmax 3.1
import numpy as np


def softmax(logits):
    m = logits.max(axis=0, keepdims=True)
    log_z = m + np.log(np.exp(logits - m).sum(axis=0, keepdims=True))
    return np.exp(logits - log_z)
