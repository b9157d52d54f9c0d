"""What a general check says when all of its cases are compared: the case that shows it, and what holds in all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from grader.course.checks import WrongResult
from grader.course.comparison import Comparison

SHAPES = ((1, 1), (2, 2), (1, 4), (3, 5), (6, 4))
CUBES = ((1, 2, 2, 1), (2, 2, 2, 2), (2, 3, 4, 5), (3, 4, 2, 6))


def compared(result: Callable[[np.ndarray], Any], shapes: Sequence[tuple[int, ...]] = SHAPES) -> Comparison:
    rng, comparison = np.random.default_rng(0), Comparison()
    for shape in shapes:
        right = rng.normal(size=shape) * 3
        comparison.add(result(right.copy()), right, {"x": right + 1})
    return comparison


def told(comparison: Comparison) -> str:
    with pytest.raises(WrongResult) as seen:
        comparison.finish()
    return str(seen.value)


def test_right_cases_raise_nothing() -> None:
    compared(lambda right: right).finish()


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (lambda r: r * 3, "Every number is 3 times the right one."),
        (lambda r: r / 1024, "Every number is 0.000977 times the right one."),
        (lambda r: r - 2, "Every number is 2 too small."),
        (lambda r: -r, "Every number has the wrong sign."),
        (np.abs, "Every negative number lost its sign."),
        (lambda r: np.round(r, 1), "All your numbers are rounded to 1 decimal."),
        (np.rint, "All your numbers are rounded to whole numbers."),
        (lambda r: r.astype(int), "It holds whole numbers only (dtype int64): the decimals are lost."),
        (lambda r: np.maximum(r, 0), "Every number below 0 became 0."),
        (lambda r: np.minimum(r, 1.5), "Every number above 1.5 became 1.5."),
        (lambda r: r.T, "The numbers are right with the two axes swapped."),
        (lambda r: r[:, ::-1], "The numbers are right with axis 1 in reverse order."),
        (lambda r: np.roll(r, 1, 1), "The numbers are right but one place too late along axis 1."),
        (lambda r: np.vstack([r[:-1], 0 * r[-1:]]), "Only the last index of axis 0 is off."),
        (lambda r: r[..., None], "The numbers are right, but an axis of length 1 is left over."),
        (lambda r: r.squeeze(), "The numbers are right, but an axis of length 1 is lost."),
        (lambda r: r * 0 + 7, "All numbers of your result are the same."),
        (lambda r: r + 1, "Every number is 1 too large."),
        (lambda r: r.reshape(r.shape[::-1]).T, "It holds the right numbers, in another order."),
        (lambda r: r * (1 if len(r) == 1 else 2), "Right in 2 of 5 cases."),
        (
            lambda r: r if max(r.shape) < 4 else r * 2 + 1,
            "All 3 cases with an axis longer than 2 are wrong",
        ),
    ],
)
def test_what_holds_in_every_case_is_said(result: Callable[[np.ndarray], Any], said: str) -> None:
    assert said in told(compared(result))


def test_an_argument_that_came_back_is_named() -> None:
    comparison, rng = Comparison(), np.random.default_rng(0)
    for shape in SHAPES:
        x = rng.normal(size=shape)
        comparison.add(x, np.tanh(x), {"x": x})
    assert "It is x, unchanged." in told(comparison)


def test_two_results_in_each_others_place_are_named() -> None:
    comparison, rng = Comparison(), np.random.default_rng(0)
    for shape in SHAPES:
        one, other = rng.normal(size=(2, *shape))
        comparison.add([other, one], [one, other], {})
    assert "The two results are right but in the wrong order." in told(comparison)


def test_three_results_in_another_order_are_named() -> None:
    comparison, rng = Comparison(), np.random.default_rng(0)
    for shape in SHAPES:
        one, other, last = rng.normal(size=(3, *shape))
        comparison.add([other, last, one], [one, other, last], {})
    assert "The three results are right but in the wrong order." in told(comparison)


def test_no_order_of_axes_is_claimed_that_fails_where_lengths_differ() -> None:
    reshaped = compared(lambda right: right.reshape(right.shape[0], right.shape[2], right.shape[1], -1), CUBES)
    assert "transpose" not in told(reshaped)


def test_an_order_of_axes_is_shown_where_all_lengths_differ() -> None:
    text = told(compared(lambda right: right.transpose(0, 2, 1, 3), CUBES))
    assert "if you transpose your result to [0, 2, 1, 3]" in text
    assert "x of shape [2, 3, 4, 5]" in text


@pytest.mark.parametrize("shapes", [[(1, 1)] * 5, [(1, 2)] * 4])
def test_no_factor_or_shift_is_claimed_of_too_few_numbers(shapes: Sequence[tuple[int, ...]]) -> None:
    assert "Every number" not in told(compared(lambda right: right * 3 + 1, shapes))


def test_a_factor_that_differs_from_case_to_case_is_not_claimed() -> None:
    assert "times" not in told(compared(lambda right: right * (len(right) + 1)))


def test_a_hint_fits_the_right_cases_too() -> None:
    text = told(compared(lambda right: right * 2 if right.size > 10 else right))
    assert "times" not in text


def test_a_case_that_is_plain_to_see_is_preferred_to_a_smaller_one() -> None:
    comparison = Comparison()
    right = np.array([[1.0, -1.0]])
    comparison.add(right * 1.0005, right, {"x": right, "eps": 1e-5})
    comparison.add(right * 0.7 + [[0, 0.01]], right, {"x": right, "eps": 0.5})
    assert told(comparison).startswith("For x = [[1, -1]] and eps = 0.5, your result is [[0.7, -0.69]]")


def test_a_small_case_is_preferred_to_a_large_one() -> None:
    text = told(compared(np.tanh, [(30, 30), (2, 3)]))
    assert text.startswith("For x = [[")


def test_single_precision_is_named_where_it_alone_is_wrong() -> None:
    comparison, rng = Comparison(), np.random.default_rng(0)
    for kind in (np.float64, np.float64, np.float32, np.float64):
        x = rng.normal(size=(2, 3)).astype(kind)
        comparison.add(np.tanh(x) if kind is np.float64 else np.sin(x) * 2, np.tanh(x), {"x": x})
    assert told(comparison).endswith("The only case in single precision (float32) is wrong, the other 3 are right.")


def test_the_numbers_of_the_case_travel_beside_the_sentence() -> None:
    with pytest.raises(WrongResult) as seen:
        compared(np.tanh).finish()
    assert {"index", "got", "want", "off", "size", "cases", "wrong_cases"} <= set(seen.value.numbers)
    assert seen.value.result is not None
