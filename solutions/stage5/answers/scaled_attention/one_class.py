# shows: scaled_attention right

import numpy as np


class ScaledAttention:
    """Does it all, and remembers the last weights for a picture."""

    def __init__(self):
        self.last_weights = None

    @staticmethod
    def softmax(scores):
        exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
        return exps / exps.sum(axis=-1, keepdims=True)

    def __call__(self, q, k, v, mask=None):
        scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(k.shape[-1])
        if mask is not None:
            scores = scores + mask
        self.last_weights = self.softmax(scores)
        return self.last_weights @ v, self.last_weights


scaled_attention = ScaledAttention()
