"""Stage 3: turn scores into probabilities."""

import numpy as np


def softmax(logits: np.ndarray) -> np.ndarray:
    """Turn each row of scores [B, V] into a distribution; the largest score of a row becomes 0 first."""
    exponentials = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)
