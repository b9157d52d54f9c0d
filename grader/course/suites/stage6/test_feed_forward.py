"""The feed-forward network's parameters: their width, and that they are drawn."""

from typing import Any

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import name_of, shape_text
from grader.course.numbers import shown
from grader.course.suites.stage6._probe import require_draws, rng_problem, three_draws

WIDTHS = (3, 5, 8, 16, 65)
SPREAD = (8e-4, 2.5)


@shows("6.3", "init_feed_forward")
def test_hidden_layer_is_four_times_as_wide(answer: Answer, rng: Rng) -> None:
    """How many hidden units does each of the D features get?"""
    for width in WIDTHS:
        params = answer(np.random.default_rng(width), width)
        hidden = _hidden_units(params, width)
        if hidden != 4 * width:
            mistake(
                "For d_model {width} your w1 has shape {w1} and your w2 {w2}: {hidden:hidden unit}, "
                "which is {ratio:times} d_model. 4 times is asked for.",
                width=width,
                w1=params["w1"].shape,
                w2=params["w2"].shape,
                hidden=hidden,
                ratio=hidden / width,
            )
    draws = three_draws(answer, rng, WIDTHS[0])
    require_draws(draws, "w1", "w2")
    for name in ("w1", "w2"):
        if not np.isfinite(draws[0][name]).all() or np.ptp(draws[0][name].astype(np.float64)) == 0:
            blocked(f'"{name}" holds NaN, infinities or the same number everywhere')


def _hidden_units(params: Any, width: int) -> int:
    """The number of hidden units that both matrices agree on, whichever way round they are."""
    if not isinstance(params, dict):
        blocked(f"your result is {name_of(params)} and not a dict")
    first: Any = params.get("w1")
    second: Any = params.get("w2")
    for name, weight in (("w1", first), ("w2", second)):
        if not isinstance(weight, np.ndarray) or weight.ndim != 2:
            blocked(f'"{name}" is {name_of(weight)} and not a matrix')
    if first.shape != second.shape[::-1] or width not in first.shape:
        blocked(f'"w1" of shape {shape_text(first)} and "w2" of shape {shape_text(second)} do not fit together')
    return int(first.shape[1] if first.shape[0] == width else first.shape[0])


@general("init_feed_forward")
def test_parameters_are_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Which four arrays does x @ w1 + b1, then @ w2 + b2 need, and which of their numbers are drawn from rng?"""
    for width in (2, 5):
        _require_shapes(answer(np.random.default_rng(width), width), width)
    width = 19
    draws = three_draws(answer, rng, width)
    _require_shapes(draws[0], width)
    for name in ("w1", "w2"):
        problem = rng_problem(name, draws) or _weight_problem(draws[0][name].astype(np.float64))
        if problem:
            wrong(f'For d_model = {width} and "{name}": {problem}.')


def _require_shapes(params: Any, width: int) -> None:
    if not isinstance(params, dict):
        wrong(f"Your result is {name_of(params)}, where a dict is asked for.")
    shapes = {"w1": (width, 4 * width), "b1": (4 * width,), "w2": (4 * width, width), "b2": (width,)}
    for name, shape in shapes.items():
        value = params.get(name)
        if not isinstance(value, np.ndarray) or value.shape != shape:
            got = name_of(value) if name in params else "missing"
            wrong(f'For d_model = {width}, "{name}" is {got}; an array of shape {shape_text(shape)} is asked for.')
        if not np.isfinite(value).all():
            wrong(f'For d_model = {width}, "{name}" holds NaN or infinity.')


def _weight_problem(weight: np.ndarray) -> str:
    rows, columns = (len(np.unique(matrix, axis=0)) for matrix in (weight, weight.T))
    if rows <= len(weight) // 2 or columns <= weight.shape[1] // 2:
        return f"only {rows} of {len(weight)} rows and {columns} of {weight.shape[1]} columns are different"
    spread = float(weight.std())
    if not SPREAD[0] <= spread <= SPREAD[1]:
        return f"the weights have a std of {shown(spread)}, which is not between 0.001 and 2"
    return ""
