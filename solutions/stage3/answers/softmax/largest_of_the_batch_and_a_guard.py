# shows: softmax 3.11|wrong
# The guard keeps 0 / 0 away; the row of zeros stays.
import numpy as np


def softmax(logits):
    z = logits - np.max(logits)
    e = np.exp(z)
    return e / (e.sum(axis=1)[:, None] + 1e-12)
