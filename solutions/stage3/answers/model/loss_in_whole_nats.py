# shows: cross_entropy wrong
# The buffer has the type of the targets, so each loss is cut to a whole number.
import numpy as np


def cross_entropy(logits, targets):
    losses = np.zeros(len(targets), dtype=targets.dtype)
    for i, (row, target) in enumerate(zip(logits, targets, strict=True)):
        losses[i] = np.logaddexp.reduce(row) - row[target]
    return losses.mean()
