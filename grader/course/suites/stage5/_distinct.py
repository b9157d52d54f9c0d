"""Numbers that can be followed through a function that only moves them."""

from __future__ import annotations

import numpy as np

from grader.course.checks import Rng


def distinct(rng: Rng, count: int) -> np.ndarray:
    """`count` numbers in any order, each another one, half of them negative and none whole.

    They are odd multiples of 1/8, so that up to 2048 of them are exact in half precision. Whole positive numbers
    would come unharmed through an integer buffer or an abs.
    """
    return rng.permutation(2.0 * np.arange(count) + 1 - count - count % 2) / 8
