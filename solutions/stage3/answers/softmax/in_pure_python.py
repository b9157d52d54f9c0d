# shows: softmax right
import math

import numpy as np


def softmax(logits):
    result = []
    for row in logits.tolist():
        top = max(row)
        e = [math.exp(v - top) for v in row]
        total = sum(e)
        result.append([v / total for v in e])
    return np.array(result)
