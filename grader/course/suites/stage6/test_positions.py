"""Sinusoidal positions: waves that go on for as long as the text does."""

import itertools
from typing import Any, NoReturn

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import array, close, name_of
from grader.student.faults import Raised

WIDTH = 4
LENGTHS = (3, 12, 90, 1100, 20_000)
End = tuple[str, Raised | None]


@shows("6.7", "sinusoidal_positions")
def test_no_length_is_too_long(answer: Answer, rng: Rng) -> None:
    """What do your positions need to know before the first text comes: how long it will be?"""
    short = array(answer(LENGTHS[0], WIDTH), (LENGTHS[0], WIDTH))
    if np.ptp(short, axis=0).max() == 0:
        blocked(f"your result for {LENGTHS[0]} positions is the same for all of them, so its end cannot be seen")
    for works, length in itertools.pairwise(LENGTHS):
        value, end = _ask(answer, length)
        if end and not _is_right_at_first(short):
            blocked(f"for {length} positions {end[0] or 'the waves break off'}, and {LENGTHS[0]} are not right either")
        if end and end[0]:
            _name_first_end(answer, works, length, end)
        array(value, (length, WIDTH))
        if end or not close(value[: len(short)], short):
            blocked(f"for {length} positions the waves of your result change or break off, in no simple way")
    if np.abs(value).max() > 10 * max(1.0, np.abs(short).max()):
        blocked(f"for {length} positions your numbers grow up to {np.abs(value).max():.3g}, as no waves do")


def _is_right_at_first(short: np.ndarray) -> bool:
    """Whether short texts get the right positions: what is wrong at every length is not too short a table."""
    steps = np.arange(len(short))
    fast, slow = steps, steps / 100
    right = np.stack([np.sin(fast), np.cos(fast), np.sin(slow), np.cos(slow)], axis=1)
    return bool(np.abs(short - right).max() < 0.01)


def _ask(answer: Answer, length: int) -> tuple[Any, End | None]:
    """The positions of one length, and how they come to an end before it ("" if in no known way), if they do."""
    try:
        value = answer(length, WIDTH)
    except Raised as fault:
        return None, (f"your code raises {fault.type_name}", fault)
    if not isinstance(value, np.ndarray) or value.ndim != 2 or value.shape[1] != WIDTH:
        return value, None
    if len(value) < length:
        return value, (f"you return {len(value)} rows", None)
    table = value.astype(np.float64)
    row = _first_break(table) if (np.abs(table) < 1e9).all() else None
    return value, (None if row is None else (_standstill(table, row), None))


def _name_first_end(answer: Answer, works: int, fails: int, end: End) -> NoReturn:
    """Name the mistake at the first length that fails."""
    length, known = fails, end
    while fails - works > 1:
        middle = (works + fails) // 2
        seen = _ask(answer, middle)[1]
        if seen:
            fails, end = middle, seen if seen[0] else _broken_off(known, length)
        else:
            works = middle
    text, fault = end
    mistake(f"For {works} positions your waves go on to the end; for {fails}, {text}.", explains=fault)


def _broken_off(later: End, length: int) -> End:
    """The end of a length at which it cannot be seen yet what comes, from the end of a greater length."""
    return f"they break off, and for {length}, {later[0]}", later[1]


def _first_break(table: np.ndarray) -> int | None:
    """The first row at which a column is no longer the wave it set out as, or None where all are waves.

    In a wave, the sum of two neighbours is always the same multiple of what is between them.
    """
    sums, middle = table[2:] + table[:-2], table[1:-1]
    start = slice(0, 58)
    factor = (sums[start] * middle[start]).sum(axis=0) / np.maximum((middle[start] ** 2).sum(axis=0), 1e-300)
    off = np.abs(sums - factor * middle)
    limit = 0.02 * max(1.0, float(np.abs(table[:8]).max()))
    if off.max(initial=0.0) <= limit:
        return None
    return int(np.flatnonzero(~(off <= limit).all(axis=1))[0]) + 2


def _standstill(table: np.ndarray, row: int) -> str:
    """In which way a table that breaks off at `row` says nothing new from there on, or ""."""
    for start in (row - 2, row - 1, row):
        rest = table[start:]
        if len(rest) >= 2 and np.allclose(rest[1:], rest[-1], atol=1e-3):
            return f"from row {start + 1} on nothing changes any more"
    for start in (row - 1, row):
        rest = table[start:]
        again = np.resize(table[:start], rest.shape)
        if len(rest) >= 2 and np.allclose(rest, again, atol=2e-3):
            return f"the first rows come again from row {start} on"
    for period in row + np.flatnonzero((np.abs(table[row:-8] - table[0]) < 2e-3).all(axis=1))[:8]:
        if np.allclose(table[period:], table[:-period], atol=2e-3):
            return f"all rows before row {period} come again from there on"
    same = np.flatnonzero((np.abs(np.diff(table[row - 2 :], axis=0)) < 1e-9).all(axis=1))
    return f"row {row - 1 + same[0]} is the same as the row before" if len(same) else ""


@general("sinusoidal_positions")
def test_positions_are_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Write down position 1 of width 4: which frequency has each of the four columns, and which of sin and cos?"""
    for length, width in (
        (1, 2),
        (2, 4),
        (3, 6),
        (5, 4),
        (4, 10),
        (6, 6),
        (9, 64),
        (70, 16),
        (300, 6),
        (1, 2),
    ):
        expected.compare(answer, length, width)
    long, width = 6000, 2
    value = answer(long, width)
    if not isinstance(value, np.ndarray) or value.shape != (long, width) or not np.isfinite(value).all():
        wrong(f"for {long} positions of width {width}, your result is {name_of(value)}, or not finite")
    table = value.astype(np.float64)
    row = _first_break(table) if (np.abs(table) < 1e9).all() else 0
    if row is not None or not close(value[:300], expected(300, width)):
        wrong(f"for {long} positions of width {width}, your waves change or break off by row {row or 0}")
