# shows: cross_entropy 3.5|error
# The same as log(0) in numpy, but Python's math raises where numpy warns.
import math

import numpy as np


def cross_entropy(logits, targets):
    total = 0.0
    for row, target in zip(logits, targets, strict=True):
        e = np.exp(row - row.max())
        total -= math.log(e[target] / e.sum())
    return total / len(targets)
