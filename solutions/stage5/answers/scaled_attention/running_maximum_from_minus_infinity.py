# shows: scaled_attention 5.12
# A running softmax: where the first keys are masked, it subtracts -inf from -inf.

import numpy as np


def scaled_attention(q, k, v, mask=None):
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores + mask
    top, total = scores[..., 0], np.ones(scores.shape[:-1])
    for key in range(1, scores.shape[-1]):
        higher = np.maximum(top, scores[..., key])
        total = total * np.exp(top - higher) + np.exp(scores[..., key] - higher)
        top = higher
    weights = np.exp(scores - top[..., None]) / total[..., None]
    return weights @ v, weights
