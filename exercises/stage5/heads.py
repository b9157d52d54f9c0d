"""Attention heads: splitting the features into heads and joining them again."""

import numpy as np


def split_heads(x: np.ndarray, n_heads: int) -> np.ndarray:
    """Split the features of every token into heads, and put the head axis before the positions.

    There are d_k = D / H features per head. Head h holds the features h * d_k to
    (h + 1) * d_k - 1 of every token, all tokens in order.

    Args:
        x: [B, T, D] a batch of sequences.
        n_heads: H, which has to divide D.

    Returns:
        [B, H, T, d_k].

    Raises:
        ValueError: if D is not a multiple of n_heads.

    >>> x = np.array([[[1, 2, 3, 4],
    ...                [5, 6, 7, 8]]])          # B = 1, T = 2, D = 4
    >>> split_heads(x, 2)
    array([[[[1, 2],
             [5, 6]],
    <BLANKLINE>
            [[3, 4],
             [7, 8]]]])
    """
    raise NotImplementedError


def merge_heads(heads: np.ndarray) -> np.ndarray:
    """Join the heads of every token side by side: the way back from `split_heads`.

    Args:
        heads: [B, H, T, d_k].

    Returns:
        [B, T, D] with D = H * d_k.

    >>> heads = np.array([[[[1, 2], [5, 6]],
    ...                    [[3, 4], [7, 8]]]])  # B = 1, H = 2, T = 2, d_k = 2
    >>> merge_heads(heads)
    array([[[1, 2, 3, 4],
            [5, 6, 7, 8]]])
    """
    raise NotImplementedError
