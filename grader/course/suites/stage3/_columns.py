"""Tables whose columns have a mean and a spread of their own, and the comparison of what became of the columns."""

from __future__ import annotations

import numpy as np

from grader.course.checks import Answer, Expected, Rng, wrong
from grader.course.measure import name_of, shape_text, tolerance
from grader.course.numbers import apart, shown


def scaled_table(rng: Rng, rows: int, width: int, farthest: float = 0.0) -> np.ndarray:
    """A table [V, D] whose columns have means and stds of their own, none near 0 or 1; one word may lie far out."""
    standard = rng.normal(size=(rows, width))
    if farthest:
        standard[rng.integers(rows)] = farthest * rng.choice([-1, 1], width)
    standard = (standard - standard.mean(axis=0)) / standard.std(axis=0)
    spreads = rng.permutation(np.resize([0.5, 2.5, 5.0, 0.7, 4.0], width))
    table: np.ndarray = (standard + rng.choice([-1, 1], width) * rng.uniform(0.5, 2.0, width)) * spreads
    return table


def compare_columns(answer: Answer, expected: Expected, table: np.ndarray) -> None:
    """Compare up to a shift and a scale of 1.5%, so that either ddof will do; constant columns must be zeros."""
    right, returned = np.asarray(expected(table)), answer(table)
    if not isinstance(returned, np.ndarray) or returned.shape != right.shape:
        wrong(f"your result is {name_of(returned)} where an array of shape {shape_text(right)} is asked for")
    got = returned.astype(np.float64)
    if not np.isfinite(got).all():
        row, column = (int(i) for i in np.argwhere(~np.isfinite(got))[0])
        wrong(
            f"column {{column}} of your result holds {{got}}; {_was(table, column)}",
            column=column,
            got=got[row, column],
        )
    off = _column_errors(got, right, tolerance(returned))
    if off.max() > 1:
        column = int(np.argmax(off))
        row = int(np.argmax(np.abs(got[:, column] - right[:, column])))
        wrong(
            f"your result at {{place}} is {{got}}, and {{right}} is right; {_was(table, column)}",
            place=[row, column],
            got=float(got[row, column]),
            right=float(right[row, column]),
        )


def _column_errors(got: np.ndarray, right: np.ndarray, slack: float) -> np.ndarray:
    """By column, how far the result is off, as a multiple of what is allowed."""
    varied = right.std(axis=0) > 0.5
    shift, scale = got.mean(axis=0), np.where(varied, (got * right).mean(axis=0), 1.0)
    allowed = np.where(varied, slack * (np.abs(right) + 0.1 * np.abs(right).max(axis=0)), 0.02)
    rest = np.abs(got - shift - right * scale) / allowed
    result: np.ndarray = np.maximum.reduce([np.abs(shift) / 0.015, np.abs(scale - 1) / 0.015, rest.max(axis=0)])
    return result


def _was(table: np.ndarray, column: int) -> str:
    values = table[:, column].astype(np.float64)
    if np.ptp(values) == 0:
        return f"that column of the table is {shown(values[0])} throughout and must become zeros"
    mean, std = apart(float(values.mean()), float(values.std()))
    return f"that column of the table has mean {mean} and standard deviation {std}"
