# shows: softmax 3.11
# Where numpy returns inf, Python's math raises an OverflowError.
import math

import numpy as np


def softmax(logits):
    probs = []
    for row in logits:
        e = [math.exp(score) for score in row]
        probs.append([v / sum(e) for v in e])
    return np.array(probs)
