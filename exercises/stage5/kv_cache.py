"""Keeping the keys and values of past tokens, so that they are computed only once."""

import numpy as np


def update_kv_cache(
    k_cache: np.ndarray | None, v_cache: np.ndarray | None, k_new: np.ndarray, v_new: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The cache after some new tokens: all keys and values so far, in the order they came.

    Args:
        k_cache: [B, T, d] keys of the T tokens so far, or None when there are none yet.
        v_cache: [B, T, d] values of the same tokens, or None.
        k_new: [B, t, d] keys of the t tokens that have just come.
        v_new: [B, t, d] their values.

    Returns:
        The keys and the values of all T + t tokens, each [B, T + t, d].

    >>> k, v = update_kv_cache(None, None, np.array([[[1.0]]]), np.array([[[10.0]]]))
    >>> k, v = update_kv_cache(k, v, np.array([[[2.0], [3.0]]]), np.array([[[20.0], [30.0]]]))
    >>> k[0, :, 0]
    array([1., 2., 3.])
    >>> v[0, :, 0]
    array([10., 20., 30.])
    """
    raise NotImplementedError
