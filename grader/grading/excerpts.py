"""The student's own code beside a verdict: the text of the function that it is about, never run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.course.catalogue import stage
from grader.results.verdict import Verdict
from grader.student.source import Source, excerpt

_SHOWN = ("mistake", "wrong", "error", "timeout")


def with_code(verdicts: Sequence[Verdict], sources: Mapping[int, Mapping[str, Source]]) -> list[Verdict]:
    """The verdicts; the first of each exercise that says what is wrong has the text of the exercise's function."""
    done: set[tuple[int, str]] = set()
    result = []
    for verdict in verdicts:
        key = (verdict.stage, verdict.exercise)
        if verdict.status in _SHOWN and key not in done:
            done.add(key)
            source = sources.get(verdict.stage, {}).get(stage(verdict.stage).exercise(verdict.exercise).stem)
            verdict = replace(verdict, code=excerpt(source, verdict.exercise) if source else None)
        result.append(verdict)
    return result
