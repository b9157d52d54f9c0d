"""The search itself: candidates are called where the student's code runs, and judged by the exercise's own checks."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.course.catalogue import Exercise
from grader.grading.examine import Settings, first_failure
from grader.grading.one_change.candidates import candidates
from grader.grading.one_change.screening import Case, failing_case
from grader.grading.one_change.text import Change
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox
from grader.student.faults import StudentFault
from grader.student.loader import Source

# So many candidates are tried at the most: within it, the same submission gets the same line on any machine.
MOST = 600
# A candidate that does not answer in this time is no right one; a right function takes milliseconds.
CANDIDATE_SECONDS = 0.3
# Candidates that share a child.
BUNDLE = 60

Files = Mapping[str, Source]


@dataclass(frozen=True)
class Found:
    """One change that makes every check of an exercise pass.

    `line` is counted within the file, or within cell number `cell` of a notebook (from 1). `before` and `after` are the
    text that changes: not for students.
    """

    line: int
    kind: str
    before: str
    after: str
    tried: int
    cell: int | None = None


def search(
    exercise: Exercise, files: Files, settings: Sequence[Settings], sandbox: Sandbox, limits: Limits, deadline: float
) -> Found | None:
    """The first change that makes every check pass under all `settings`; None where none was seen by `deadline`."""
    source = files[exercise.stem]
    tried = 0
    with sandbox.open_session({0: files}, limits) as session:
        case = failing_case(exercise, session.functions(0), settings[0], deadline)
    for chunk, changes in _changes(source, exercise.name):
        for first in range(0, len(changes), BUNDLE):
            bundle = changes[first : first + BUNDLE]
            versions = {n: _version(files, source, chunk, change) for n, change in enumerate(bundle)}
            with sandbox.open_session(versions, limits) as session:
                for number, change in enumerate(bundle):
                    if time.monotonic() >= deadline:
                        return None
                    tried += 1
                    if _is_right(exercise, session.functions(number), case, settings, deadline):
                        return _found(source, chunk, change, tried)
    return None


def _changes(source: Source, name: str) -> Iterator[tuple[int, list[Change]]]:
    """The chunks that define the function, the last one first, with their changes."""
    most = MOST
    for chunk in reversed(range(len(source.chunks))):
        if name.encode() not in source.chunks[chunk]:
            continue
        try:
            changes = candidates(source.chunks[chunk], name, most)
        except ValueError:
            continue
        most -= len(changes)
        yield chunk, changes


def _version(files: Files, source: Source, chunk: int, change: Change) -> dict[str, Source]:
    chunks = list(source.chunks)
    chunks[chunk] = change.apply(chunks[chunk])
    changed = replace(source, chunks=tuple(chunks))
    return {stem: changed if other is source else other for stem, other in files.items()}


def _is_right(
    exercise: Exercise, functions: Any, case: Case | None, settings: Sequence[Settings], deadline: float
) -> bool:
    end = min(deadline, time.monotonic() + CANDIDATE_SECONDS)
    try:
        if case and not case.solved_by(functions.call(exercise.stem, exercise.name, case.args, end)):
            return False
        return all(first_failure(exercise, functions, one, end) is None for one in settings)
    except StudentFault:
        return False


def _found(source: Source, chunk: int, change: Change, tried: int) -> Found:
    text = source.chunks[chunk]
    before, after = text[change.start : change.end].decode(), change.new.decode()
    cell = chunk + 1 if source.forgiving else None
    return Found(change.line, change.kind, before, after, tried, cell)
