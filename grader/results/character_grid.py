"""A picture in a terminal: a grid of characters, coloured where there are colours, and as readable without."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from grader.results.picture import NONE, Panel, Picture, number

CELL, GAP, BAR_WIDTH = 6, 4, 40
MARKS = {"masked": "░", "marked": "!", "sum": "✗"}
# Backgrounds of a terminal's 256 colours, from grey to blue for what is above zero and to brown for what is below.
_BLUES, _BROWNS = (236, 17, 18, 19, 20, 26), (236, 52, 94, 130, 136, 172)
_RED, _RESET = "\x1b[1;31m", "\x1b[0m"


def character_grid(picture: Picture, width: int = 80, *, colour: bool = False) -> list[str]:
    """The picture as lines of at most `width` characters where its panels fit: side by side, or one below another."""
    if picture.kind == "activations":
        shown = list(_bars(picture))
    else:
        shown = _side_by_side([_Drawn(picture, panel) for panel in picture.panels], width, colour)
    legend = [f"{MARKS[name]} {words}" for name, words in picture.legend()]
    return [picture.caption, *shown, *legend]


class _Drawn:
    """A panel as lines, plain for its width and as it is shown."""

    def __init__(self, picture: Picture, panel: Panel) -> None:
        self.picture, self.panel = picture, panel
        self.names = [f"{picture.rows} {panel.name(0)}", *map(panel.name, range(1, len(panel.values)))]
        self.margin = max(map(len, [*self.names, picture.columns])) + 1
        self.width = max(len(panel.title), self.margin + CELL * panel.width + (8 if picture.sums(panel) else 0))

    def lines(self, colour: bool) -> Iterator[str]:
        """Lines that are all as wide as the panel, colours not counted."""
        head = "".join(f"{column:>{CELL - 1}} " for column in range(self.panel.width))
        yield f"{self.panel.title:<{self.width}}"
        yield f"{self.picture.columns:>{self.margin - 1}} {head}{'sum' if self.picture.sums(self.panel) else ''}".ljust(
            self.width
        )
        for row in range(len(self.panel.values)):
            yield self._row(row, colour)

    def _row(self, row: int, colour: bool) -> str:
        cells = [self._cell(row, column, colour) for column in range(self.panel.width)]
        sums = self.picture.sums(self.panel)
        off = row in self.picture.off_sums(self.panel)
        total = f"{number(sums[row]):>5} {MARKS['sum'] if off else ' '} " if sums else ""
        width = self.width - self.margin - CELL * self.panel.width
        total = total.ljust(width)
        shown = f"{_RED}{total}{_RESET}" if colour and off else total
        return f"{self.names[row]:>{self.margin - 1}} {''.join(cells)}{shown}"

    def _cell(self, row: int, column: int, colour: bool) -> str:
        value = self.panel.values[row][column]
        masked, marked = ((row, column) in cells for cells in (self.panel.masked, self.panel.marked))
        if masked and abs(value) <= NONE:
            return f"{MARKS['masked'] * (CELL - 2):>{CELL - 1}} "
        text = f"{number(value):>{CELL - 1}}"
        mark = MARKS["marked"] if marked else " "
        if not colour:
            return text + mark
        shade = _BLUES if value >= 0 else _BROWNS
        share = min(1.0, abs(value) / self.picture.top) if math.isfinite(value) else 0.0
        code = shade[round(share * (len(shade) - 1))]
        return f"\x1b[48;5;{code};38;5;255m{text}{_RESET}{_RED if marked else ''}{mark}{_RESET if marked else ''}"


def _side_by_side(panels: Sequence[_Drawn], width: int, colour: bool) -> list[str]:
    if sum(panel.width + GAP for panel in panels) - GAP <= width:
        rows = zip_longest(*(panel.lines(colour) for panel in panels), fillvalue="")
        return [(" " * GAP).join(row).rstrip() for row in rows]
    return [line.rstrip() for panel in panels for line in panel.lines(colour)]


def _bars(picture: Picture) -> Iterator[str]:
    """Spreads over layers: a bar for each on a scale of powers of ten, the student's first."""
    for panel in picture.panels:
        yield panel.title
        for layer, value in enumerate(panel.values[0]):
            name = f"{picture.columns} {layer}" if layer == 0 else str(layer)
            yield f"{name:>{len(picture.columns) + 3}} {_spread(value):>8} {'█' * _length(value)}".rstrip()


def _spread(value: float) -> str:
    return f"{value:.2g}" if math.isfinite(value) else number(value)


def _length(value: float) -> int:
    """From a millionth to a million; what is no number has no bar."""
    if not value > 0 or math.isnan(value):
        return 0
    return round(BAR_WIDTH * (min(6.0, max(-6.0, math.log10(value))) + 6) / 12)
