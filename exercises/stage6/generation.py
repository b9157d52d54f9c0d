"""Generating token by token: the past is kept, not computed again."""

import numpy as np


def generate_step(
    x_new: np.ndarray,
    k_cache: np.ndarray | None,
    v_cache: np.ndarray | None,
    w_q: np.ndarray,
    w_k: np.ndarray,
    w_v: np.ndarray,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Let one new token attend to all tokens so far, itself included.

    Attention is softmax(q k^T / sqrt(d)) v. The caches hold the keys and values of the T tokens before;
    at the first token both are None.

    Args:
        x_new: [B, 1, D], the new token of each sequence.
        k_cache, v_cache: [B, T, d], or None twice.
        w_q, w_k, w_v: [D, d], the projections to query, key and value.

    Returns:
        the attention output [B, 1, d], and the caches for the next step: K [B, T + 1, d] and
        V [B, T + 1, d], oldest token first.

    The new key equals the old one, so both tokens get half of the attention:

    >>> new, old_key, old_value = np.array([[[[1.0, 0.0]]], [[[1.0, 0.0]]], [[[3.0, 3.0]]]])
    >>> output, keys, values = generate_step(new, old_key, old_value, np.eye(2), np.eye(2), np.eye(2))
    >>> output.tolist()
    [[[2.0, 1.5]]]
    >>> values.tolist()
    [[[3.0, 3.0], [1.0, 0.0]]]
    """
    raise NotImplementedError
