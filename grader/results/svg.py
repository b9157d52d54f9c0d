"""A picture as an SVG drawing: it loads nothing, runs nothing, and shows in light and dark.

Built as a tree of elements, so that no text in it can be markup. As the source of an <img> it is shut off from the
page that shows it.
"""

from __future__ import annotations

import base64
import math
import textwrap
from collections.abc import Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from grader.results.escape import visible
from grader.results.picture import NONE, Panel, Picture, number

CELL, GAP, LEFT, SUM, LINE, HEAD = 36, 40, 76, 64, 18, 44
PANELS_A_ROW = 2
PLOT_WIDTH, PLOT_HEIGHT = 460, 190
CHARACTER = 7
SMALLEST, LARGEST = 1e-6, 1e6
STYLE = """
text{font:11px system-ui,sans-serif;fill:#1d1d1f}.title{font-size:13px;font-weight:600}.soft{fill:#5f6368}
.back{fill:#fff}.cell{fill:#f1f1ef}.more{fill:#10548f}.less{fill:#a94a00}.no{fill:#f6c9c3}.strong{fill:#fff}
.hatch{stroke:#8a8d91}.bad{stroke:#b3261e}.wrong{fill:#b3261e;font-weight:700}.mine{stroke:#a94a00}.right{stroke:#10548f}
.axis{stroke:#c4c7c5}
@media(prefers-color-scheme:dark){text{fill:#e8eaed}.soft{fill:#a8adb3}.back{fill:#1f2023}.cell{fill:#2c2e31}
.more{fill:#6fb3f5}.less{fill:#f0a45e}.no{fill:#6b2a25}.strong{fill:#0d1620}.hatch{stroke:#85898e}.bad{stroke:#ff8a80}
.wrong{fill:#ff8a80}.mine{stroke:#f0a45e}.right{stroke:#6fb3f5}.axis{stroke:#4a4d51}}
""".replace("\n", "")


def svg(picture: Picture) -> str:
    """The drawing as text, a whole file of SVG."""
    plot = picture.kind == "activations"
    rows = [] if plot else [picture.panels[n : n + PANELS_A_ROW] for n in range(0, len(picture.panels), PANELS_A_ROW)]
    widths = [sum(_panel_width(picture, panel) for panel in row) for row in rows] or [LEFT + PLOT_WIDTH + SUM + 20]
    heights = [HEAD + CELL * max(len(panel.values) for panel in row) for row in rows] or [HEAD + PLOT_HEIGHT]
    captions, legend = _folded(picture.caption, max(widths) - 20), picture.legend()
    top = 22 + LINE * len(captions)
    root = _root(max(widths), top + sum(heights) + LINE * len(legend) + 10)
    for place, line in enumerate(captions):
        _text(root, 12, 24 + LINE * place, line, "title")
    if plot:
        _plot(root, picture, top)
    for place, row in enumerate(rows):
        _side_by_side(root, picture, row, top + sum(heights[:place]))
    _legend(root, legend, top + sum(heights))
    return tostring(root, encoding="unicode")


def data_address(picture: Picture) -> str:
    """The drawing as an address that an <img> takes."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg(picture).encode()).decode()}"


def image(picture: Picture) -> str:
    """An <img> element that holds the drawing, with its numbers in words."""
    style = "display:block;max-width:100%;margin:.6em 0"
    words = {"class": "misstep-picture", "src": data_address(picture), "alt": visible(picture.words()), "style": style}
    return tostring(Element("img", words), encoding="unicode")


def _root(width: int, height: int) -> Element:
    size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size})
    SubElement(root, "style").text = STYLE
    pattern = SubElement(
        SubElement(root, "defs"), "pattern", id="h", width="6", height="6", patternUnits="userSpaceOnUse"
    )
    SubElement(pattern, "path", {"class": "hatch", "d": "M0 6L6 0"})
    SubElement(root, "rect", {"class": "back", "width": str(width), "height": str(height), "rx": "6"})
    return root


def _side_by_side(root: Element, picture: Picture, panels: Sequence[Panel], top: int) -> None:
    left = 0
    for panel in panels:
        _grid(root, picture, panel, left, top)
        left += _panel_width(picture, panel)


def _panel_width(picture: Picture, panel: Panel) -> int:
    least = LEFT + CHARACTER * len(panel.title) + 10
    return max(least, LEFT + panel.width * CELL + (SUM if picture.kind == "attention" else 0)) + GAP // 2


def _grid(root: Element, picture: Picture, panel: Panel, left: int, top: int) -> None:
    x0, y0 = left + LEFT, top + 36
    _text(root, x0, top + 14, panel.title, "title")
    _text(root, x0 - 8, top + 30, f"{picture.columns} →", "soft", "end")
    for column in range(panel.width):
        _text(root, x0 + column * CELL + CELL // 2 - 1, top + 30, str(column), "soft", "middle")
    sums, off = picture.sums(panel), picture.off_sums(panel)
    if sums:
        _text(root, x0 + panel.width * CELL + 8, top + 30, "sum", "soft")
    for row, values in enumerate(panel.values):
        y = y0 + row * CELL
        name = f"{picture.rows} {panel.name(row)}" if row == 0 else panel.name(row)
        _text(root, x0 - 8, y + 21, name, "soft", "end")
        for column, value in enumerate(values):
            masked, marked = ((row, column) in cells for cells in (panel.masked, panel.marked))
            _cell(root, x0 + column * CELL, y, value, picture.top, masked=masked, marked=marked)
        if sums:
            text = f"{number(sums[row])} ✗" if row in off else number(sums[row])
            _text(root, x0 + panel.width * CELL + 8, y + 21, text, "wrong" if row in off else "")


def _cell(root: Element, x: int, y: int, value: float, top: float, *, masked: bool, marked: bool) -> None:
    share = min(1.0, abs(value) / top) if math.isfinite(value) else 0.0
    box = {"x": str(x), "y": str(y), "width": str(CELL - 3), "height": str(CELL - 3), "rx": "3"}
    SubElement(root, "rect", {**box, "class": "cell" if math.isfinite(value) else "no"})
    if share > 0:
        kind = "more" if value > 0 else "less"
        SubElement(root, "rect", {**box, "class": kind, "fill-opacity": f"{share**0.8:.2f}"})
    if masked:
        SubElement(root, "rect", {**box, "fill": "url(#h)"})
    if marked:
        SubElement(root, "rect", {**box, "class": "bad", "fill": "none", "stroke-width": "2.5"})
    if not (masked and abs(value) <= NONE):
        _text(root, x + CELL // 2 - 1, y + 21, number(value), "strong" if share > 0.7 else "", "middle")


def _plot(root: Element, picture: Picture, top: int) -> None:
    """Lines over the columns, on a scale of powers of ten: the first panel is the student's."""
    values = [v for panel in picture.panels for row in panel.values for v in map(_power, row)]
    low, high = math.floor(min(values)) - 0.2, math.ceil(max(values)) + 0.2
    x0, y0, panels = LEFT, top + 20, picture.panels
    step = PLOT_WIDTH / max(1, panels[0].width - 1)
    for power in range(math.ceil(low), math.floor(high) + 1, max(1, round((high - low) / 8))):
        y = y0 + PLOT_HEIGHT * (high - power) / (high - low)
        line = {"x1": str(x0), "x2": str(x0 + PLOT_WIDTH), "y1": f"{y:.1f}", "y2": f"{y:.1f}"}
        SubElement(root, "line", {"class": "axis", **line})
        _text(root, x0 - 8, round(y) + 4, f"{10.0**power:g}", "soft", "end")
    for column in range(panels[0].width):
        _text(root, round(x0 + column * step), y0 + PLOT_HEIGHT + 16, str(column), "soft", "middle")
    _text(root, x0 - 8, y0 + PLOT_HEIGHT + 16, picture.columns, "soft", "end")
    for place, panel in enumerate(panels):
        points = [
            (x0 + column * step, y0 + PLOT_HEIGHT * (high - _power(value)) / (high - low))
            for column, value in enumerate(panel.values[0])
        ]
        _line(root, points, panel.title, mine=place == 0)


def _line(root: Element, points: list[tuple[float, float]], title: str, *, mine: bool) -> None:
    path = " ".join(f"{'L' if place else 'M'}{x:.1f} {y:.1f}" for place, (x, y) in enumerate(points))
    dashes = {} if mine else {"stroke-dasharray": "6 4"}
    kind = "mine" if mine else "right"
    SubElement(root, "path", {"class": kind, "d": path, "fill": "none", "stroke-width": "2.5", **dashes})
    # The name stands above the line where it goes up, and below it where it goes down.
    rises = sum(after[1] - before[1] for before, after in pairwise(points)) < 0
    x, y = points[-1]
    _text(root, round(x) + 6, round(y) + (4 if rises else 8), title)


def _power(value: float) -> float:
    """The power of ten of a spread; one that is none, or beyond all bounds, lies on the edge."""
    if math.isnan(value):
        return math.log10(LARGEST)
    return math.log10(min(LARGEST, max(SMALLEST, value)))


def _legend(root: Element, legend: list[tuple[str, str]], top: int) -> None:
    for place, (name, words) in enumerate(legend):
        y = top + LINE * place
        box = {"x": "13", "y": str(y), "width": "11", "height": "11", "rx": "2"}
        if name == "sum":
            _text(root, 14, y + 10, "✗", "wrong")
        else:
            SubElement(root, "rect", {**box, "class": "cell"})
            more = {"fill": "url(#h)"} if name == "masked" else {"class": "bad", "fill": "none", "stroke-width": "2"}
            SubElement(root, "rect", {**box, **more})
        _text(root, 32, y + 10, words, "soft")


def _folded(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(20, width // CHARACTER))


def _text(root: Element, x: int, y: int, text: str, kind: str = "", anchor: str = "") -> None:
    words = {"x": str(x), "y": str(y)} | ({"class": kind} if kind else {}) | ({"text-anchor": anchor} if anchor else {})
    # What cannot be seen cannot stand in XML either.
    SubElement(root, "text", words).text = visible(text)
