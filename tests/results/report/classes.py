"""Classes to report on: the course's own checks with drawn verdicts, and texts that would break out of a page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from grader.course.catalogue import stages
from grader.results.picture import Picture, panel
from grader.results.records import SubmissionResult
from grader.results.report.content import ClassContent, class_content
from grader.results.verdict import STATUSES, Verdict
from grader.student.faults import Frame
from grader.student.source import Excerpt

HOSTILE = (
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "<img src=https://example.org/x onerror=\"document.title='owned'\">",
    "\"onmouseover='document.title=1'",
    "<!--<script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:document.title='owned'",
    "a\u202egnp.exe",
    "\udcff\x1b[31m\n",
    "=cmd|' /C calc'!A0",
    "x" * 255,
)


def check(status: str = "passed", **changes: Any) -> Verdict:
    values = {"id": None, "exercise": "heads", "stage": 5, "max_points": 1, "points": float(status == "passed")}
    return Verdict(**{**values, "status": status, **changes})


def result(name: str, *checks: Verdict, **more: Any) -> SubmissionResult:
    return SubmissionResult.of(name, checks, more.pop("isolation", {"complete": True}), **more)


def content(*results: SubmissionResult) -> ClassContent:
    return class_content(results, {r.submission: r.checks for r in results})


def drawn_class(size: int, seed: int = 1) -> ClassContent:
    """A class in which every status occurs; the first students have hostile names, notes, messages and code."""
    draw = random.Random(seed)
    names = [*HOSTILE, *(f"student-{n:04}" for n in range(size))][:size]
    return content(*(result(name, *_verdicts(draw, name), notes=[f"a note about {name}"]) for name in names))


def _verdicts(draw: random.Random, name: str) -> Iterator[Verdict]:
    chance = draw.random()
    for stage in stages():
        for exercise in stage.exercises:
            for asked in exercise.checks:
                status = "passed" if draw.random() < chance else draw.choice(STATUSES)
                status = "wrong" if status == "mistake" and asked.id is None else status
                yield _verdict(stage.number, exercise.name, asked.id, status, name)


def _picture(name: str) -> Picture:
    """The same for most, as in a class; hostile names stand in its words."""
    words = name[:100] if name in HOSTILE else "Your weights."
    got, want = [[0.5, 0.5], [0.25, 0.5]], [[1.0, 0.0], [0.5, 0.5]]
    panels = (panel("yours", got, masked=[(0, 1)], marked=[(0, 1)]), panel("expected", want, masked=[(0, 1)]))
    return Picture("attention", words.encode("utf-8", "replace").decode(), "query", "key", panels)


def _code(exercise: str, name: str) -> Excerpt:
    return Excerpt(f"{exercise}.py", 6, ("@njit", f"def {exercise}(x):  # {name!r}", "    return x"))


def _verdict(stage: int, exercise: str, label: str | None, status: str, name: str) -> Verdict:
    frame = Frame(f"{exercise}.py", 7, exercise, f"x = {name!r}", 5)
    return check(
        status,
        id=label,
        exercise=exercise,
        stage=stage,
        title=f"Title of {label}",
        message="" if status == "passed" else f"Row 3 sums to 0.275, says {name!r}.",
        question="What must the softmax see?",
        link=f"exercises/stage{stage}/MISTAKES.md" if label else None,
        where=frame,
        frames=(frame,) if status == "error" else (),
        code=_code(exercise, name) if status == "error" else None,
        picture=_picture(name) if status == "mistake" and exercise == "scaled_attention" else None,
        line=7 if status == "wrong" else None,
        fix="axis=-1 for <b>axis=0</b>" if status == "wrong" else "",
    )
