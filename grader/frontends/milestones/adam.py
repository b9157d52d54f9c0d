"""Adam, the way in which the milestones change numbers that are learnt."""

from __future__ import annotations

import numpy as np


def adam(moments: tuple[np.ndarray, np.ndarray], grad: np.ndarray, step: int, decay: float) -> np.ndarray:
    """What to take off for a rate of 1; the moments are updated in place (Kingma and Ba 2015, algorithm 1).

    `decay` is that of the second moment; that of the first is 0.9.
    """
    first, second = moments
    first += 0.1 * (grad - first)
    second += (1 - decay) * (grad**2 - second)
    return np.asarray(first / (1 - 0.9**step) / (np.sqrt(second / (1 - decay**step)) + 1e-8))
