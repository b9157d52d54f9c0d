# shows: softmax wrong
import numpy as np


def softmax(logits):
    rows = []
    for row in logits:
        e = np.exp(row - row.max())
        rows.append((e / e.sum()).tolist())
    return rows
