"""The students of a report as plain data, which the page's scripts show: names, marks and blocks of feedback."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from grader.results.board import points_text
from grader.results.escape import visible
from grader.results.paragraphs import Paragraph, paragraphs
from grader.results.picture import Picture
from grader.results.report.content import ClassContent, Student
from grader.results.svg import svg
from grader.results.verdict import Verdict
from grader.student.source import Excerpt


class _Pictures:
    """Every picture once: who makes the same mistake in the same way has the same one."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self.drawn: list[list[str]] = []

    def place(self, picture: Picture) -> int:
        key = json.dumps(picture.to_json())
        if key not in self._places:
            self._places[key] = len(self.drawn)
            self.drawn.append([svg(picture), picture.words()])
        return self._places[key]


def class_data(content: ClassContent) -> dict[str, Any]:
    """Columns, students and pictures; a picture is [drawing, words], and a block names it by its place."""
    pictures = _Pictures()
    return {
        "columns": [[c.stage, c.exercise, c.label, c.points, c.title] for c in content.columns],
        "milestones": [[number, title] for number, title in content.milestones],
        "students": [_student(student, pictures) for student in content.students],
        "pictures": pictures.drawn,
    }


def _student(student: Student, pictures: _Pictures) -> dict[str, Any]:
    return {
        "name": student.name,
        "score": points_text(student.score),
        "most": points_text(student.most),
        "share": round(student.share, 6),
        "marks": student.marks,
        "group": student.group,
        "reached": {number: [visible(one.text), one.yours] for number, one in student.reached.items()},
        "notes": student.notes,
        "feedback": _feedback(student.verdicts, pictures),
    }


def _feedback(verdicts: Sequence[Verdict], pictures: _Pictures) -> list[list[Any]]:
    """The terminal's blocks by stage: [stage, [block, …]], a block being [[kind, text, …], …]."""
    exercises: dict[tuple[int, str], list[Verdict]] = {}
    for verdict in verdicts:
        exercises.setdefault((verdict.stage, verdict.exercise), []).append(verdict)
    stages: dict[int, list[Any]] = {}
    for (number, _), mine in exercises.items():
        shown: list[Any] = [[_plain(part, pictures) for part in block] for block in paragraphs(mine)]
        stages.setdefault(number, []).extend(shown + [_source(code, mine) for code in _codes(mine)])
    return [[number, shown] for number, shown in sorted(stages.items()) if shown]


def _codes(verdicts: Sequence[Verdict]) -> list[Excerpt]:
    return [verdict.code for verdict in verdicts if verdict.code]


def _source(code: Excerpt, verdicts: Sequence[Verdict]) -> list[list[Any]]:
    """A block that is the student's function: its file, its first line, its text, and the lines that it is about."""
    failed = [verdict for verdict in verdicts if not verdict.passed]
    places = [frame for v in failed for frame in (*v.frames, *([v.where] if v.where else []))]
    lines = {frame.line for frame in places if frame.file.endswith(code.file)}
    lines |= {verdict.line for verdict in failed if verdict.line}
    marked = sorted(line for line in lines if code.first <= line < code.first + len(code.lines))
    text = "\n".join(visible(line, lines=True) for line in code.lines)
    return [["source", visible(code.file), code.first, text, marked, verdicts[0].exercise]]


def _plain(part: Paragraph, pictures: _Pictures) -> list[str]:
    if part.picture is not None:
        return [part.kind, str(pictures.place(part.picture))]
    if part.kind in ("head", "todo"):
        return [part.kind, part.label, part.text, part.where]
    return [part.kind, part.label if part.kind == "link" else part.text]
