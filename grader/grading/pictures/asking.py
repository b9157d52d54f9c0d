"""One more question to a student's function, for a picture: what it returns, if that is small and of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.course.catalogue import stage
from grader.grading.examine import Functions
from grader.results.picture import MOST_SIDE
from grader.results.verdict import Verdict


class Ask:
    """Asks the function that a verdict is about. Raises a StudentFault where it does not answer."""

    def __init__(self, verdict: Verdict, functions: Functions, deadline: float) -> None:
        self._exercise = next(e for e in stage(verdict.stage).exercises if e.name == verdict.exercise)
        self._functions, self._deadline = functions, deadline
        # Chance begins anew, so that a picture of code that draws does not depend on what was asked before.
        functions.begin(0, tuple, self._exercise.stem, self._exercise.name, deadline)

    def __call__(self, *args: Any) -> Any:
        """The result as plain data."""
        return self._functions.call(self._exercise.stem, self._exercise.name, args, self._deadline)

    def array(self, *args: Any) -> np.ndarray | None:
        """The result as an array of float64; None where it is none."""
        return numbers(self(*args))


def numbers(value: Any) -> np.ndarray | None:
    """An array of real numbers as float64."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf" or value.size == 0:
        return None
    return value.astype(np.float64)


def matrix(value: Any) -> np.ndarray | None:
    """The last two axes of an array of numbers, where they are small enough for a picture."""
    if not isinstance(value, np.ndarray) or value.ndim < 1 or value.size == 0:
        return None
    last = np.atleast_2d(value[(0,) * max(0, value.ndim - 2)])
    return numbers(last) if max(last.shape) <= MOST_SIDE else None


def first_matrix(value: Any) -> np.ndarray | None:
    """The weights of a pair (output, weights)."""
    is_pair = isinstance(value, list) or (isinstance(value, np.ndarray) and value.ndim > 2)
    return matrix(value[1]) if is_pair and len(value) == 2 else None
