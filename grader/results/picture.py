"""A picture of what was seen, as data: panels of numbers that a terminal, a page and a notebook each draw.

Nothing in it is a student's but numbers, and of those only so many. It is kept with the verdict it belongs to:

    {"version": 1, "kind": "attention", "caption": str, "rows": "query", "columns": "key", "panels": [
        {"title": "yours", "values": [[0.5, "nan", ...], ...], "masked": [[0, 1], ...], "marked": [[0, 1], ...],
         "names": ["0", "1", ...]}, ...]}
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.results.fields import list_of, text_of

VERSION = 1
MOST_SIDE, MOST_PANELS, MOST_TEXT = 24, 4, 300
DIGITS = 4
# Further from one than this, a row of weights does not sum to one; smaller than this, a weight is none.
OFF, NONE = 5e-3, 1e-6

MASKED = "masked: no weight belongs here"
UNWANTED = "weight where none belongs"
SUMS = "the row does not sum to 1"
DIFFERS = "not as expected"
# What each kind is, and the words for the marks in it: of a masked cell, a marked cell and a marked row.
KINDS: Mapping[str, tuple[str, ...]] = {
    "attention": (MASKED, UNWANTED, SUMS),
    "gradients": ("", DIFFERS),
    "leak": ("a later position: it must not reach this output", "it does reach it"),
    "sinusoids": ("missing", DIFFERS),
    "activations": (),
}

Cell = tuple[int, int]
Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Panel:
    """A table of numbers with a title; `masked` and `marked` cells as (row, column), `names` those of its rows."""

    title: str
    values: Rows
    masked: frozenset[Cell] = frozenset()
    marked: frozenset[Cell] = frozenset()
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        sides = {len(row) for row in self.values}
        if len(sides) != 1 or not 0 < max(sides) <= MOST_SIDE or len(self.values) > MOST_SIDE:
            raise ValueError(f"a panel must be a table of at most {MOST_SIDE} rows and columns")
        if self.names and len(self.names) != len(self.values):
            raise ValueError("a panel must have a name for each row, or none")

    @property
    def width(self) -> int:
        return len(self.values[0])

    def name(self, row: int) -> str:
        return self.names[row] if self.names else str(row)

    def to_json(self) -> dict[str, Any]:
        values = [[_as_json(value) for value in row] for row in self.values]
        cells = {name: sorted(map(list, getattr(self, name))) for name in ("masked", "marked")}
        return {"title": self.title, "values": values, **cells, "names": list(self.names)}

    @classmethod
    def from_json(cls, data: Any) -> Panel:
        """Raises ValueError for what `to_json` does not write."""
        values = tuple(tuple(map(_as_number, _is_list(row))) for row in list_of(data, "values"))
        masked, marked = (frozenset(map(_as_cell, list_of(data, name))) for name in ("masked", "marked"))
        names = tuple(_short(name) for name in list_of(data, "names"))
        return cls(_short(text_of(data, "title")), values, masked, marked, names)


@dataclass(frozen=True)
class Picture:
    """What a verdict is about, drawn: yours, and beside it what is expected. `kind` is one of KINDS."""

    kind: str
    caption: str
    rows: str
    columns: str
    panels: tuple[Panel, ...]

    def __post_init__(self) -> None:
        if self.kind not in KINDS or not 0 < len(self.panels) <= MOST_PANELS:
            raise ValueError(f"a picture must be one of {', '.join(KINDS)}, of at most {MOST_PANELS} panels")

    @property
    def top(self) -> float:
        """The number that has the full colour: one for shares, else the largest there is."""
        if self.kind in ("attention", "gradients", "sinusoids"):
            return 1.0
        sizes = (abs(v) for panel in self.panels for row in panel.values for v in row if math.isfinite(v))
        return max(sizes, default=0.0) or 1.0

    def legend(self) -> list[tuple[str, str]]:
        """The marks that occur, each with its words: masked, marked or sum."""
        words = (*KINDS[self.kind], "", "", "")
        occurs = (
            any(panel.masked for panel in self.panels),
            any(panel.marked for panel in self.panels),
            any(self.off_sums(panel) for panel in self.panels),
        )
        return [(n, w) for n, w, there in zip(("masked", "marked", "sum"), words, occurs, strict=False) if there and w]

    def sums(self, panel: Panel) -> list[float]:
        """The sums of the rows where they are shares; none elsewhere."""
        return [_total(row) for row in panel.values] if self.kind == "attention" else []

    def off_sums(self, panel: Panel) -> set[int]:
        """The rows that do not sum to one though they must."""
        return {row for row, total in enumerate(self.sums(panel)) if not abs(total - 1) <= OFF}

    def words(self) -> str:
        """The picture for who does not see it: the caption, and the rows of the first panel."""
        panel = self.panels[0]
        rows = (", ".join(map(number, row)) for row in panel.values)
        told = "; ".join(f"{self.rows} {panel.name(place)}: {row}" for place, row in enumerate(rows))
        return f"{self.caption} {panel.title.capitalize()}: {told}."

    def to_json(self) -> dict[str, Any]:
        names = ("kind", "caption", "rows", "columns")
        texts = {name: getattr(self, name) for name in names}
        return {"version": VERSION, **texts, "panels": [panel.to_json() for panel in self.panels]}

    @classmethod
    def from_json(cls, data: Any) -> Picture:
        """Raises ValueError for what `to_json` does not write, a later version's included."""
        panels = tuple(map(Panel.from_json, list_of(data, "panels")))
        if data.get("version") != VERSION:
            raise ValueError(f"a picture of version {data.get('version')!r}")
        kind, caption, rows, columns = (_short(text_of(data, n)) for n in ("kind", "caption", "rows", "columns"))
        return cls(kind, caption, rows, columns, panels)


def panel(
    title: str,
    values: Iterable[Iterable[float]],
    masked: Iterable[Sequence[int]] = (),
    marked: Iterable[Sequence[int]] = (),
    names: Iterable[object] = (),
) -> Panel:
    """A panel of any numbers: as many digits as are kept, so that reading back gives the same one."""
    rows = tuple(tuple(_kept(float(value)) for value in row) for row in values)
    return Panel(title, rows, _cells(masked), _cells(marked), tuple(map(str, names)))


def number(value: float) -> str:
    """A number in at most five characters."""
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    if abs(value) >= 99.95:
        return f"{value:.0e}".replace("e+0", "e").replace("e+", "e")
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00") if abs(value) < 9.995 else f"{value:.1f}"


def _cells(found: Iterable[Sequence[int]]) -> frozenset[Cell]:
    return frozenset((int(row), int(column)) for row, column in found)


def _total(row: Sequence[float]) -> float:
    try:
        return math.fsum(row)
    except (OverflowError, ValueError):  # beyond a float's range, or inf and -inf in one row
        return math.nan


def _kept(value: float) -> float:
    return float(f"{value:.{DIGITS}g}") if math.isfinite(value) else value


def _as_json(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)


def _as_number(value: Any) -> float:
    if isinstance(value, str) and value in ("nan", "inf", "-inf"):
        return float(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise ValueError(f"{value!r} is no number of a picture")


def _as_cell(value: Any) -> Cell:
    if isinstance(value, list) and len(value) == 2 and all(type(place) is int for place in value):
        return value[0], value[1]
    raise ValueError(f"{value!r} is no cell of a picture")


def _is_list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("a row of a picture must be a list")
    return value


def _short(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise ValueError(f"a text of a picture must have at most {MOST_TEXT} characters")
    return value
