"""Scaled dot-product attention, the centre of the transformer."""

import numpy as np


def scaled_attention(
    q: np.ndarray, k: np.ndarray, v: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """softmax(q k^T / sqrt(d_k) + mask) v, and the weights.

    [..., Tq, d_k], [..., Tk, d_k], [..., Tk, d_v] -> [..., Tq, d_v] and [..., Tq, Tk].
    """
    d_k = q.shape[-1]
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(d_k)
    if mask is not None:
        scores = scores + mask
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = exps / exps.sum(axis=-1, keepdims=True)
    return weights @ v, weights
