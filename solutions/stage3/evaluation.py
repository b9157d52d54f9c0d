"""Stage 3: an honest measure of a language model."""

from collections.abc import Callable

import numpy as np


def held_out_perplexity(
    fit: Callable[[np.ndarray], object],
    perplexity: Callable[[np.ndarray], float],
    tokens: np.ndarray,
    train_fraction: float = 0.9,
) -> float:
    """Train on the first train_fraction of the tokens, score the rest once training is over."""
    cut = round(len(tokens) * train_fraction)
    fit(tokens[:cut])
    return perplexity(tokens[cut:])
