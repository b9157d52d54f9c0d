"""Gradients that were scattered, activations in a deep stack, and sinusoids: got and expected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from grader.course.measure import places_off
from grader.grading.pictures.asking import Ask, matrix
from grader.results.picture import Picture, panel

TOKENS = (1, 3, 1, 0, 3, 1)
VOCABULARY = 5
# So few rows that numpy multiplies them in one thread: on a busy machine that is ten times as fast.
LAYERS, FAN, ROWS = 10, 64, 48
STARTS = {"tanh": 0.07, "relu": 1.0}
POSITIONS, COLUMNS = 12, 8
LONG = (64, 1024, 4096, 20_000)


def _scattered(ask: Ask) -> Picture | None:
    """The gradient of position t is one in column t alone, so a row of the table shows which positions reached it."""
    length = len(TOKENS)
    got = matrix(ask(np.eye(length)[None], np.array([TOKENS]), VOCABULARY))
    want = (np.array(TOKENS) == np.arange(VOCABULARY)[:, None]).astype(float)
    if got is None or got.shape != want.shape:
        return None
    tokens = ", ".join(map(str, TOKENS))
    caption = f"Whose row each gradient reached; positions 0 to {length - 1} hold the tokens {tokens}."
    panels = (panel("yours", got, (), np.argwhere(places_off(got, want))), panel("expected", want))
    return Picture("gradients", caption, "token", "position", panels)


def _depth(ask: Ask) -> Picture | None:
    """The activation and the shape of a layer with which the student's spread strays furthest from the right one."""
    found = [
        (activation, fan_out, got, want)
        for activation in STARTS
        for fan_out in (FAN // 4, FAN * 4)
        for got, want in [_spreads(ask, activation, fan_out)]
    ]
    activation, fan_out, got, want = max(found, key=lambda case: abs(_power(case[2][-1]) - _power(case[3][-1])))
    caption = (
        f"The spread (standard deviation) of activations over {LAYERS} layers of {activation}, "
        f"weights drawn for fan_in {FAN} and fan_out {fan_out}."
    )
    return Picture("activations", caption, "spread", "layer", (panel("yours", [got]), panel("right scale", [want])))


def _power(spread: float) -> float:
    return float(np.log10(np.clip(np.nan_to_num(spread, nan=1e9), 1e-9, 1e9)))


def _spreads(ask: Ask, activation: str, fan_out: int) -> tuple[list[float], list[float]]:
    """The spreads after 0 to LAYERS layers, with the student's weights and with weights of the right size."""
    rng = np.random.default_rng(3)
    parts = [ask.array(np.random.default_rng(n), FAN, fan_out, activation) for n in range(max(1, FAN // fan_out))]
    if any(part is None or part.shape != (FAN, fan_out) for part in parts):
        raise ValueError("nothing to draw")
    pool = np.concatenate([part for part in parts if part is not None], axis=1)[:, :FAN]
    size = ((1.0 if activation == "tanh" else 2.0) / FAN) ** 0.5
    return (
        list(_stacked(activation, (pool[rng.permutation(FAN)] for _ in range(LAYERS)))),
        list(_stacked(activation, (rng.normal(0.0, size, (FAN, FAN)) for _ in range(LAYERS)))),
    )


def _stacked(activation: str, layers: Iterator[np.ndarray]) -> Iterator[float]:
    x = STARTS[activation] * np.random.default_rng(4).normal(size=(ROWS, FAN))
    yield float(x.std())
    for weights in layers:
        x = np.tanh(x @ weights) if activation == "tanh" else np.maximum(x @ weights, 0.0)
        yield float(x.std())


def _sinusoids(ask: Ask) -> Picture | None:
    return _table(ask, POSITIONS, np.arange(POSITIONS))


def _long_table(ask: Ask) -> Picture | None:
    """The shortest table that is not as expected, a few rows of it."""
    for length in LONG:
        rows = np.linspace(0, length - 1, POSITIONS).astype(int)
        found = _table(ask, length, rows)
        if found is None or found.panels[0].marked or found.panels[0].masked:
            return found
    return None


def _table(ask: Ask, length: int, rows: np.ndarray) -> Picture | None:
    table = ask.array(length, COLUMNS)
    if table is None or table.ndim != 2 or table.shape[1] != COLUMNS:
        return None
    there = rows < len(table)
    got = np.where(there[:, None], table[np.minimum(rows, len(table) - 1)], 0.0)
    want = _waves(rows)
    off = places_off(got, want) & there[:, None]
    missing = np.argwhere(np.broadcast_to(~there[:, None], got.shape))
    panels = (panel("yours", got, missing, np.argwhere(off), rows), panel("expected", want, names=rows))
    caption = f"Your sinusoids for {length} positions and {COLUMNS} columns" + (
        "." if len(rows) == length else ", some of the positions."
    )
    return Picture("sinusoids", caption, "position", "column", panels)


def _waves(rows: np.ndarray) -> np.ndarray:
    """A cosine is a sine a quarter turn ahead (Vaswani et al. 2017, section 3.5)."""
    column = np.arange(COLUMNS)
    rates = np.exp(-(column // 2) * 2 / COLUMNS * np.log(10_000))
    waves: np.ndarray = np.sin(rows[:, None] * rates + (column % 2) * np.pi / 2)
    return waves


PICTURES: Mapping[tuple[str, str], Callable[[Ask], Picture | None]] = {
    ("embedding_backward", "3.2"): _scattered,
    ("init_weights", "3.6"): _depth,
    ("sinusoidal_positions", "6.7"): _long_table,
    ("sinusoidal_positions", "6.12"): _sinusoids,
}
