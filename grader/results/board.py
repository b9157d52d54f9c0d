"""The board: a line or two per exercise with a mark for each of its checks, the points, and a bar for the stage."""

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
MARKS_WIDTH = 46
KEY = "✓ passed  ✗ mistake  ≠ wrong  · waits for another  ! raised  ○ to do  ∞ no end"


def board(number: int, title: str, verdicts: Sequence[Verdict]) -> list[Line]:
    """The board of one stage; `title` is what stands behind its number."""
    lines = [Line("head", f" Stage {number}{f' · {title}' if title else ''}")]
    for exercise in dict.fromkeys(verdict.exercise for verdict in verdicts):
        lines += _rows([verdict for verdict in verdicts if verdict.exercise == exercise])
    return [*lines, Line("note", f" {KEY}"), bar(verdicts)]


def bar(verdicts: Sequence[Verdict], name: str = "") -> Line:
    """A progress bar of the points."""
    earned, most = sum(v.points for v in verdicts), sum(v.max_points for v in verdicts)
    share = earned / most if most else 0.0
    # Rounded down, so that only a perfect stage shows a full bar.
    filled = min(BAR_WIDTH, int(share * BAR_WIDTH))
    text = f" {name}{'█' * filled}{'░' * (BAR_WIDTH - filled)}  {points_text(earned)} of {points_text(most)} points"
    return Line("done" if most and earned >= most else "bar", text)


def points_text(points: float) -> str:
    """Points without noise or needless zeros: 17, 3.5, 0.3."""
    return f"{round(points, 6):.10g}"


def _rows(verdicts: Sequence[Verdict]) -> list[Line]:
    """The line of an exercise, or two where its marks do not fit in one; the points stand at the end."""
    marks = [f"{v.label} {MARKS[v.status]}" for v in verdicts]
    earned, most = sum(v.points for v in verdicts), sum(v.max_points for v in verdicts)
    kind = "done" if all(verdict.passed for verdict in verdicts) else "text"
    texts = _wrapped(marks)
    names = [verdicts[0].exercise, *[""] * (len(texts) - 1)]
    points = [*[""] * (len(texts) - 1), f"{points_text(earned)}/{points_text(most)}"]
    return [
        Line(kind, f" {name:<{NAME_WIDTH}}{text:<{MARKS_WIDTH}} {point:>7}".rstrip())
        for name, text, point in zip(names, texts, points, strict=True)
    ]


def _wrapped(marks: Sequence[str]) -> list[str]:
    """The marks of one exercise in lines of at most MARKS_WIDTH characters."""
    texts = [marks[0]]
    for mark in marks[1:]:
        if len(texts[-1]) + 2 + len(mark) <= MARKS_WIDTH:
            texts[-1] += f"  {mark}"
        else:
            texts.append(mark)
    return texts
