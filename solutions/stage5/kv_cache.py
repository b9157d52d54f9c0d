"""Keeping the keys and values of past tokens, so that they are computed only once."""

import numpy as np


def update_kv_cache(
    k_cache: np.ndarray | None, v_cache: np.ndarray | None, k_new: np.ndarray, v_new: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """[B, T, d] twice (or None twice) and [B, t, d] twice -> K and V, each [B, T + t, d]."""
    if k_cache is None or v_cache is None:
        return k_new, v_new
    return np.concatenate([k_cache, k_new], axis=1), np.concatenate([v_cache, v_new], axis=1)
