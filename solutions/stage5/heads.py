"""Attention heads: cutting the features into heads and joining them again."""

import numpy as np


def split_heads(x: np.ndarray, n_heads: int) -> np.ndarray:
    """[B, T, D] -> [B, H, T, d_k] with d_k = D // H; ValueError where H does not divide D."""
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError(f"{d_model} features cannot be shared out to {n_heads} heads")
    return x.reshape(batch, seq_len, n_heads, d_model // n_heads).transpose(0, 2, 1, 3)


def merge_heads(heads: np.ndarray) -> np.ndarray:
    """[B, H, T, d_k] -> [B, T, H * d_k]."""
    batch, n_heads, seq_len, d_k = heads.shape
    return heads.transpose(0, 2, 1, 3).reshape(batch, seq_len, n_heads * d_k)
