"""What the attention layers of both training commands are made of, written by hand and apart from `solutions/`."""

from __future__ import annotations

import numpy as np


def heads(x: np.ndarray, n_heads: int) -> np.ndarray:
    """[B, T, D] -> [B, H, T, d_k]."""
    return x.reshape(*x.shape[:2], n_heads, -1).swapaxes(1, 2)


def joined(x: np.ndarray) -> np.ndarray:
    """[B, H, T, d_k] -> [B, T, D]."""
    return x.swapaxes(1, 2).reshape(len(x), x.shape[2], -1)


def outer(x: np.ndarray, grad: np.ndarray) -> np.ndarray:
    """The gradient of a weight: [B, T, I], [B, T, O] -> [I, O]."""
    return x.reshape(-1, x.shape[-1]).T @ grad.reshape(-1, grad.shape[-1])
