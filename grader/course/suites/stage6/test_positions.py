"""Sinusoidal positions: waves that go on for as long as the text does."""

import itertools
from typing import Any, NoReturn

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import array, close, name_of, tolerance
from grader.student.faults import Raised

WIDTH = 4
FAR = 5e-3  # how far a row may be off that is thousands of positions away: angles may be in single precision
TABLES = ((40, 6), (12, 10), (40, 64))
LENGTHS = (3, 12, 90, 1100, 20_000)
End = tuple[str, Raised | None]


@shows("6.7", "sinusoidal_positions")
def test_no_length_is_too_long(answer: Answer, rng: Rng) -> None:
    """Which number in your code limits how long a text may be?"""
    short = array(answer(LENGTHS[0], WIDTH), (LENGTHS[0], WIDTH))
    if np.ptp(short, axis=0).max() == 0:
        blocked(f"all {LENGTHS[0]} positions of your result are the same, so it cannot be seen where your waves end")
    for works, length in itertools.pairwise(LENGTHS):
        value, end = _ask(answer, length)
        if end and not _sets_out_well(short):
            blocked(
                f"for {length} positions {end[0] or 'the waves break off'}, and for {LENGTHS[0]} your columns are no "
                "sines and cosines from 0 on either"
            )
        if end and end[0]:
            _name_first_end(answer, works, length, end)
        array(value, (length, WIDTH))
        if end or not close(value[: len(short)], short):
            blocked(f"for {length} positions your waves change or break off in no known way")
    if np.abs(value).max() > 10 * max(1.0, np.abs(short).max()):
        blocked(
            "for {length} positions your numbers go up to {most}, and no wave does", length=length, most=_top(value)
        )


def _top(table: np.ndarray) -> float:
    return float(np.abs(table.astype(np.float64)).max())


def _sets_out_well(short: np.ndarray) -> bool:
    """Whether short texts get sines and cosines from position 0 on, at whatever rates.

    What is wrong otherwise at every length is not too short a table.
    """
    return bool(np.abs(short - _waves(len(short), _right_rates(WIDTH))).max() < 0.01) or (
        _fitted_rates(short, 1e-3) is not None
    )


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
    mistake(
        f"For {{works:position}} your result is right; for {{fails}}, {text}.",
        explains=fault,
        works=works,
        fails=fails,
    )


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
        if len(rest) >= 3 and np.allclose(rest[1:], rest[-1], atol=1e-3):
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


@shows("6.12", "sinusoidal_positions")
def test_every_column_has_its_rate(answer: Answer, rng: Rng) -> None:
    """By which angle does column 2 of a table of width 6 move on from one position to the next?"""
    for length, width in TABLES:
        value = answer(length, width)
        table, slack = array(value, (length, width)), tolerance(value)
        rates = _right_rates(width)
        off = np.flatnonzero(np.abs(table - _waves(length, rates)).max(axis=0) > 3 * slack)
        if not len(off):
            continue
        found = _fitted_rates(table, slack)
        if found is None:
            blocked(
                "in your {length} positions of width {width}, one column is not a sine of the position "
                "(columns 0, 2, …) and not a cosine of it (columns 1, 3, …)",
                length=length,
                width=width,
            )
        if not found.any():
            blocked("all positions of your result are the same, so there is no rate to be seen")
        column = int(off[np.argmax(np.abs(found - rates)[off])])
        mistake(
            f"For {{length}} positions of width {{width}}, your column {{column}} moves on by an angle of {{rate}} per "
            f"position (whole turns left out); 10000^(−{column - column % 2}/{width}) = {{right}} is asked for. "
            "At position 1 it holds {got}, not {want}.",
            length=length,
            width=width,
            column=column,
            rate=round(float(found[column]), 12),
            right=float(rates[column]),
            got=round(float(table[1, column]), 12),
            want=float(_waves(2, rates)[1, column]),
        )


def _right_rates(width: int) -> np.ndarray:
    """The angle that every column moves on by from one position to the next."""
    return np.asarray(10000.0 ** (-np.arange(0, width, 2).repeat(2) / width))


def _waves(length: int, rates: np.ndarray) -> np.ndarray:
    """Sines in even columns and cosines in odd ones, at these rates."""
    angles = np.arange(length)[:, None] * rates
    return np.asarray(np.where(np.arange(len(rates)) % 2 == 0, np.sin(angles), np.cos(angles)))


def _fitted_rates(table: np.ndarray, slack: float) -> np.ndarray | None:
    """The rate of every column, from −π to π (a cosine's from 0), or None where a column is no such wave."""
    steps, is_sine = np.arange(len(table))[:, None], np.arange(table.shape[1]) % 2 == 0
    sums, middle = table[2:] + table[:-2], table[1:-1]
    cosines = (sums * middle).sum(axis=0) / np.maximum(2 * (middle**2).sum(axis=0), 1e-300)
    rates = np.arccos(np.clip(cosines, -1, 1)) * np.where(is_sine & (table[1] < 0), -1, 1)
    rates[np.abs(table - np.where(is_sine, 0, 1)).max(axis=0) <= slack] = 0.0
    for _ in range(4):  # Gauss-Newton: a small rate is not to be had from its cosine alone
        slopes = steps * np.where(is_sine, np.cos(steps * rates), -np.sin(steps * rates))
        left = table - _waves(len(table), rates)
        rates = rates + (slopes * left).sum(axis=0) / np.maximum((slopes**2).sum(axis=0), 1e-12)
    good = np.abs(table - _waves(len(table), rates)).max(axis=0) <= 3 * slack
    return rates if good.all() else None


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
        held = "holds NaN or infinities" if getattr(value, "shape", None) == (long, width) else f"is {name_of(value)}"
        wrong(f"For {long} positions of width {width}, your result {held}.")
    right = _waves(long, _right_rates(width))
    off = np.flatnonzero(np.abs(value - right).max(axis=1) > FAR)
    if len(off):
        wrong(
            "For {length} positions of width {width}, row {row} of your result is {got}, where {want} is right.",
            length=long,
            width=width,
            row=int(off[0]),
            got=value[off[0]],
            want=right[off[0]],
        )
