"""Scaled dot-product attention, the centre of the transformer."""

import numpy as np


def scaled_attention(
    q: np.ndarray, k: np.ndarray, v: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Let every query look at all keys and mix the values accordingly.

    A query and a key are compared by their dot product, divided by the square root of their
    length d_k. The mask, if there is one, is added to these scores. Softmax turns the scores of
    one query into weights over the keys, and the weights say how much of each value goes into
    that query's output. See Vaswani et al. (2017), "Attention Is All You Need", section 3.2.1.

    Args:
        q: [..., Tq, d_k] queries. The leading axes (batch, heads, or none) may be any.
        k: [..., Tk, d_k] keys.
        v: [..., Tk, d_v] values, one per key.
        mask: added to the scores, so it broadcasts to [..., Tq, Tk]; -inf blocks a key.

    Returns:
        The output [..., Tq, d_v] and the weights [..., Tq, Tk].

    >>> q = np.array([[2.0, 0.0, 0.0, 0.0]])        # one query, d_k = 4
    >>> k = np.array([[1.0, 5.0, 5.0, 5.0],         # scores 2 / 2 = 1
    ...               [0.0, 7.0, 7.0, 7.0]])        # and 0 / 2 = 0
    >>> v = np.array([[10.0], [20.0]])
    >>> output, weights = scaled_attention(q, k, v)
    >>> weights.round(3)
    array([[0.731, 0.269]])
    >>> output.round(2)
    array([[12.69]])
    >>> output, weights = scaled_attention(q, k, v, mask=np.array([[0.0, -np.inf]]))
    >>> weights
    array([[1., 0.]])
    """
    raise NotImplementedError
