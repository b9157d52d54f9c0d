"""Loss curves beside the reference's: line by line in a terminal while they come, and as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

import numpy as np

from grader.course.milestones import grammar
from grader.results.svg import STYLE

BAR = 40
WIDTH, HEIGHT, LEFT, TOP, RIGHT = 460, 190, 60, 50, 90
# What guessing comes to, and so the height of a curve.
GUESSING = float(np.log(len(grammar.WORDS)))


def show(step: int, loss: float, right: float) -> None:
    """Print one point of the curve, with a bar whose whole length is the loss of guessing."""
    bar = "█" * round(BAR * min(1.0, loss / GUESSING)) if np.isfinite(loss) else "∞"
    print(f"  step {step:4}   loss {loss:6.3f}   reference {right:6.3f}   {bar}"[:80], flush=True)


def drawing(title: str, yours: Sequence[float], right: Sequence[float], every: int) -> str:
    """Both curves as a whole file of SVG; a point every so many steps."""
    width, height = LEFT + WIDTH + RIGHT, TOP + HEIGHT + 34
    size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size})
    SubElement(root, "style").text = STYLE
    SubElement(root, "rect", {"class": "back", "width": str(width), "height": str(height), "rx": "6"})
    _text(root, 12, 24, title, "title")
    top = max(GUESSING, *(loss for loss in (*yours, *right) if np.isfinite(loss)))
    for nats in range(int(top) + 1):
        y = _y(nats, top)
        line = {"x1": str(LEFT), "x2": str(LEFT + WIDTH), "y1": f"{y:.1f}", "y2": f"{y:.1f}"}
        SubElement(root, "line", {"class": "axis", **line})
        _text(root, LEFT - 8, y + 4, str(nats), "soft", "end")
    _text(root, LEFT, TOP + HEIGHT + 20, f"nats per word, every {every} steps", "soft")
    # The dashes come last, so that they show where both curves are one.
    _curve(root, yours, top, "yours", "mine", dashed=False)
    _curve(root, right, top, "reference", "right", dashed=True)
    return tostring(root, encoding="unicode")


def _curve(root: Element, losses: Sequence[float], top: float, name: str, kind: str, *, dashed: bool) -> None:
    step = WIDTH / max(1, len(losses) - 1)
    points = [(LEFT + n * step, _y(loss, top)) for n, loss in enumerate(losses) if np.isfinite(loss)]
    if not points:
        return
    path = " ".join(f"{'L' if place else 'M'}{x:.1f} {y:.1f}" for place, (x, y) in enumerate(points))
    dashes = {"stroke-dasharray": "6 4"} if dashed else {}
    SubElement(root, "path", {"class": kind, "d": path, "fill": "none", "stroke-width": "2.5", **dashes})
    x, y = points[-1]
    # Two curves that end in one place have their names one above the other.
    _text(root, x + 6, y + (12 if dashed else -4), name)


def _y(nats: float, top: float) -> float:
    return TOP + HEIGHT * (1 - nats / top)


def _text(root: Element, x: float, y: float, text: str, kind: str = "", anchor: str = "start") -> None:
    words = {"x": f"{x:.0f}", "y": f"{y:.0f}", "text-anchor": anchor} | ({"class": kind} if kind else {})
    SubElement(root, "text", words).text = text
