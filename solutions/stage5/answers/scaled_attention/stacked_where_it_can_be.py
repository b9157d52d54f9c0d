# shows: scaled_attention right
# One array for both where output and weights have one shape.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    output = weights @ v
    return np.stack([output, weights]) if output.shape == weights.shape else (output, weights)
