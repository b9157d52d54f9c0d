"""Stage 3: an honest measure of a language model."""

from collections.abc import Callable

import numpy as np


def held_out_perplexity(
    fit: Callable[[np.ndarray], object],
    perplexity: Callable[[np.ndarray], float],
    tokens: np.ndarray,
    train_fraction: float = 0.9,
) -> float:
    """Train a model on the first part of a text and return its perplexity on the rest.

    The model comes as two functions: fit(tokens) trains it, perplexity(tokens) scores it as it is
    now. The first train_fraction of the tokens is for training, the remaining ones are held out.

    fit, perplexity, tokens: [N], 0 < train_fraction < 1  →  float

    >>> trained_on = []
    >>> held_out_perplexity(trained_on.extend, lambda tokens: float(min(tokens)), np.arange(10), 0.8)
    8.0
    >>> len(trained_on)
    8
    """
    raise NotImplementedError
