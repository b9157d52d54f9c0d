"""What a wrong result is said to be, where it comes of the right one in a simple way."""

from __future__ import annotations

import numpy as np
import pytest

from grader.course.difference import difference

RIGHT = np.array([[1.0, 5.0, 2.5], [7.25, 3.0, 0.5]])
ONE = np.array([[3.76]])


@pytest.mark.parametrize(
    ("got", "want", "said"),
    [
        (RIGHT * 3, RIGHT, "every number is 3 × the right one"),
        (RIGHT - 2, RIGHT, "every number is the right one − 2"),
        (RIGHT.T, RIGHT, "the numbers are right with its axes swapped"),
        (RIGHT[:, [2, 0, 1]], RIGHT, "the right one with axis 1 in the order [1, 2, 0]"),
        (RIGHT[:1, :2][:, ::-1], RIGHT[:1, :2], "the right one with axis 1 in the order [1, 0]"),
        (ONE * 3, ONE, "that is 3 × it"),
        (ONE / 4, ONE, "that is 0.25 × it"),
        (ONE + 2, ONE, "that is the right one + 2"),
        (-ONE, ONE, "with the other sign"),
    ],
)
def test_a_simple_relation_is_said(got: np.ndarray, want: np.ndarray, said: str) -> None:
    assert said in difference(got, want)


@pytest.mark.parametrize("got", [ONE * 1.37, ONE + 0.213, ONE * 0])
def test_no_relation_is_made_up_for_a_single_number(got: np.ndarray) -> None:
    assert difference(got, ONE).count(";") == 0
