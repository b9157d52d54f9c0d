"""Layer normalisation: every token gets features of mean 0 and spread 1."""

import numpy as np


def layer_norm(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, eps: float = 1e-5) -> np.ndarray:
    """Normalise the features of each token, then scale them by gamma and shift them by beta.

    The variance is the biased one (divide by D), and eps is added to it before the root is taken.

    Args:
        x: [..., D], the tokens; any number of leading axes.
        gamma: [D], the learnt scale.
        beta: [D], the learnt shift.
        eps: keeps a token whose features are all equal from dividing by zero.

    Returns:
        [..., D]

    >>> tokens = np.array([[1.0, 3.0], [50.0, 70.0]])
    >>> layer_norm(tokens, gamma=np.array([2.0, 2.0]), beta=np.array([0.0, 10.0])).round(2).tolist()
    [[-2.0, 12.0], [-2.0, 12.0]]
    """
    raise NotImplementedError
