# shows: scaled_attention wrong
# A residual connection where none was asked, left out where the widths differ.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    output = weights @ v
    return (output + q if output.shape == q.shape else output + q.mean()), weights
