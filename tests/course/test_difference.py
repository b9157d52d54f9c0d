"""How one wrong result is said to differ from the right one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.course.checks import WrongResult
from grader.course.difference import difference, require_equal
from grader.course.measure import close, places_off

RIGHT = np.random.default_rng(0).normal(size=(4, 4, 4))


def told(got: Any, want: Any, **inputs: Any) -> str:
    with pytest.raises(WrongResult) as seen:
        require_equal(got, want, inputs)
    return str(seen.value)


def test_a_right_result_differs_in_nothing() -> None:
    assert difference(RIGHT.astype(np.float32), RIGHT) is None
    assert difference([1.0, RIGHT], [1, RIGHT]) is None


@pytest.mark.parametrize("off", [2e-4, 1e-3, 0.5])
def test_the_count_is_by_the_tolerance_that_judged(off: float) -> None:
    got = RIGHT.copy()
    got[1, 2, 3] += off * np.abs(RIGHT).max()
    found = difference(got, RIGHT)
    assert found is not None
    assert found.numbers["off"] == int(places_off(got, RIGHT).sum()) == 1
    assert found.numbers["index"] == [1, 2, 3]
    assert "off in 1 of 64 numbers" in found.text


@pytest.mark.parametrize("seed", range(30))
def test_whatever_is_judged_wrong_is_counted_and_printed_as_different(seed: int) -> None:
    rng = np.random.default_rng(seed)
    got = RIGHT * (1 + rng.choice([1e-5, 1.2e-4, 3e-4]) * rng.normal(size=RIGHT.shape))
    found = difference(got, RIGHT)
    assert (found is None) == close(got, RIGHT)
    if found:
        assert found.numbers["off"] > 0
        mine, right = found.text.rpartition(" is ")[0].rsplit("], and [", 1)
        assert mine.rpartition("[")[2].split(", ") != right.rstrip("]").split(", ")


def test_the_row_that_is_worst_is_shown() -> None:
    got = RIGHT.copy()
    got[0, 0, 0] += 0.1
    got[2, 1] += [0, 0, 0, 9]
    assert "off in 2 of 64 numbers; row [2, 1], the worst, is [" in told(got, RIGHT)
    wide = np.zeros((3, 30))
    assert told(np.where(np.eye(3, 30) * [[0], [0], [1]], 2.0, wide), wide).startswith(
        "Your result is off in 1 of 90 numbers, most at [2, 2]: 2, where 0 is right."
    )


def test_small_inputs_are_printed_and_large_ones_named_by_shape() -> None:
    small, large = np.array([[1.5, -2.0]]), np.ones((4, 5))
    assert told(1.0, 2.0, x=small, n=3).startswith(
        "For x = [[1.5, -2]] and n = 3, your result is 1, the right one is 2."
    )
    assert told(1.0, 2.0, x=small, w=large.astype(np.float32), f=len).startswith(
        "For x of shape [1, 2] and w of shape [4, 5] (float32), your result is 1"
    )


@pytest.mark.parametrize(
    ("got", "want", "said"),
    [
        (None, RIGHT, "Your result is None, where a numpy array is asked for: is the return missing?"),
        (
            [1, 2],
            RIGHT,
            "Your result is a list or tuple of 2 items, where a numpy array is asked for: np.array makes one.",
        ),
        ([RIGHT, RIGHT], RIGHT, "Your result is 2 arrays in a list or tuple, where one array is asked for."),
        (RIGHT[0], RIGHT, "Your result has shape [4, 4], the right one [4, 4, 4]."),
        (RIGHT, [RIGHT, RIGHT], "Your function returned an array of shape [4, 4, 4], where 2 results are asked for."),
        (None, 3, "Your result is None, where a number is asked for: is the return missing?"),
        (4, 3, "Your result is 4, the right one is 3."),
        (-1.27141, -1.2709, "Your result is -1.2714, the right one is -1.2709."),
        ([RIGHT, 2 * RIGHT], [RIGHT, RIGHT], "Your second result is off in 64 of 64 numbers; "),
        (np.array([np.nan, 0.0]), np.array([1.0, -np.inf]), "Your result is [nan, 0], the right one is [1, -inf]."),
    ],
)
def test_the_kind_of_difference_is_named(got: Any, want: Any, said: str) -> None:
    assert told(got, want).startswith(said)
