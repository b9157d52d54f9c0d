"""One head of causal self-attention: from a stream of tokens to what each makes of its past."""

import numpy as np


def causal_self_attention(x: np.ndarray, w_q: np.ndarray, w_k: np.ndarray, w_v: np.ndarray) -> np.ndarray:
    """Project a sequence to queries, keys and values, and let each position attend to its past.

    No position sees a later one: changing a token must leave every earlier output as it was.
    You may import what you have built already (`from causal_mask import causal_mask`).

    Args:
        x: [B, T, D] a batch of sequences.
        w_q: [D, d_k] projection to queries.
        w_k: [D, d_k] projection to keys.
        w_v: [D, d_k] projection to values.

    Returns:
        [B, T, d_k] the attention output; scores are scaled by the root of d_k (not of D).

    >>> x = np.array([[[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]])   # one sequence of three tokens, D = 2
    >>> ones = np.ones((2, 1))                                 # d_k = 1
    >>> causal_self_attention(x, ones, ones, np.array([[10.0], [20.0]])).round(2)
    array([[[10. ],
            [15. ],
            [26.8]]])

    The first token sees itself alone. The second weighs itself and the first equally (both have
    score 1). The third has scores 2, 2 and 4, so most of its output is its own value, 30.
    """
    raise NotImplementedError
