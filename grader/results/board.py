"""The board: a line per exercise with a mark for each of its checks, the points, and a bar for the stage."""

from __future__ import annotations

from collections.abc import Sequence

from grader.results.feedback import Line
from grader.results.verdict import Verdict

MARKS = {
    "passed": "✓",
    "mistake": "✗",
    "wrong": "≠",
    "error": "!",
    "blocked": "·",
    "todo": "○",
    "timeout": "∞",
}
NAME_WIDTH = 24
BAR_WIDTH = 30
KEY = "✓ passed  ✗ mistake  ≠ wrong  · waits for another  ! raised  ○ to do  ∞ no end"


def board(number: int, title: str, verdicts: Sequence[Verdict]) -> list[Line]:
    """The board of one stage; `title` is what stands behind its number."""
    lines = [Line("head", f" Stage {number}{f' · {title}' if title else ''}")]
    for exercise in dict.fromkeys(verdict.exercise for verdict in verdicts):
        lines.append(_row([verdict for verdict in verdicts if verdict.exercise == exercise]))
    return [*lines, Line("note", f" {KEY}"), bar(verdicts)]


def bar(verdicts: Sequence[Verdict], name: str = "") -> Line:
    """A progress bar of the points."""
    earned, most = sum(v.points for v in verdicts), sum(v.max_points for v in verdicts)
    share = earned / most if most else 0.0
    # Rounded down, so that only a perfect stage shows a full bar.
    filled = int(share * BAR_WIDTH)
    text = f" {name}{'█' * filled}{'░' * (BAR_WIDTH - filled)}  {points_text(earned)} of {points_text(most)} points"
    return Line("done" if most and earned == most else "bar", text)


def points_text(points: float) -> str:
    """Points without noise or needless zeros: 17, 3.5, 0.3."""
    return f"{round(points, 6):.10g}"


def _row(verdicts: Sequence[Verdict]) -> Line:
    marks = "  ".join(f"{v.id or 'result'} {MARKS[v.status]}" for v in verdicts)
    earned, most = sum(v.points for v in verdicts), sum(v.max_points for v in verdicts)
    name = verdicts[0].exercise
    kind = "done" if all(verdict.passed for verdict in verdicts) else "text"
    points = f"{points_text(earned)}/{points_text(most)}"
    return Line(kind, f" {name:<{NAME_WIDTH}}{marks:<46} {points:>7}")
