"""The search itself: candidates are called where the student's code runs, and judged by the exercise's own checks."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.course.catalogue import Exercise
from grader.grading.examine import Functions, Settings, first_failure
from grader.grading.one_change import slip
from grader.grading.one_change.candidates import candidates
from grader.grading.one_change.screening import Case, failing_case
from grader.grading.one_change.text import Change
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox
from grader.student.faults import StudentFault, TimedOut
from grader.student.loader import Source

# So many candidates are tried at the most: within it, the same submission gets the same line on any machine.
MOST = 1500
# A candidate that does not answer one question in this time is no right one; a right function takes milliseconds.
CANDIDATE_SECONDS = 1.0
# So many may hang before the search is given up.
MOST_HUNG = 3
# Wall time is only the backstop, so that a loaded machine finds the same line: the budget is our own processor time.
PATIENCE = 10
# A process may have to be started first.
STARTING_SECONDS = 5.0

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


@dataclass(frozen=True)
class Searched:
    """What a search came to. `slip` is the same for wrong answers that were seen to go wrong in the same way."""

    found: Found | None = None
    slip: str = ""


def search(
    exercise: Exercise, files: Files, settings: Sequence[Settings], sandbox: Sandbox, limits: Limits, seconds: float
) -> Searched:
    """The first change that makes every check pass under all `settings`, if one was seen in time.

    `seconds` are of this process's own processor time, from where the code is loaded.
    """
    source = files[exercise.stem]
    changes = list(_changes(source, exercise.name))
    versions = {n: _version(files, source, *change) for n, change in enumerate(changes)}
    with sandbox.open_session({"own": files, **versions}, limits) as session:
        patience = time.monotonic() + STARTING_SECONDS
        case = failing_case(exercise, session.functions("own"), settings[0], patience)
        trial = _Trial(exercise, case, settings, time.monotonic() + PATIENCE * seconds)
        began = time.process_time()
        for number, (chunk, change) in enumerate(changes):
            if trial.is_over or time.process_time() - began >= seconds:
                break
            if trial.is_right(session.functions(number)):
                found = _found(source, chunk, change, number + 1)
                return Searched(found, slip.of_change(found.before, found.after))
    return Searched(None, f"result {slip.of_result(case.own)}" if case else "")


def _changes(source: Source, name: str) -> Iterator[tuple[int, Change]]:
    """The changes of every chunk that defines the function, each with the chunk's number; the last chunk first."""
    most = MOST
    for chunk in reversed(range(len(source.chunks))):
        if name.encode() not in source.chunks[chunk]:
            continue
        try:
            changes = candidates(source.chunks[chunk], name, most)
        except ValueError:
            continue
        most -= len(changes)
        yield from ((chunk, change) for change in changes)


def _version(files: Files, source: Source, chunk: int, change: Change) -> dict[str, Source]:
    chunks = list(source.chunks)
    chunks[chunk] = change.apply(chunks[chunk])
    changed = replace(source, chunks=tuple(chunks))
    return {stem: changed if other is source else other for stem, other in files.items()}


class _Trial:
    """Judges one candidate after another: by the question that the student's own code failed on, then by all checks."""

    def __init__(self, exercise: Exercise, case: Case | None, settings: Sequence[Settings], deadline: float) -> None:
        self._exercise, self._case, self._settings, self.deadline = exercise, case, settings, deadline
        self._started = True
        self._hung = 0

    @property
    def is_over(self) -> bool:
        """Whether it has taken too long by the clock, or too many candidates hung."""
        return self._hung >= MOST_HUNG or time.monotonic() >= self.deadline

    def is_right(self, functions: Functions) -> bool:
        """Whether every check passes under all settings."""
        try:
            return self._survives(functions) and all(
                first_failure(self._exercise, functions, settings, self.deadline) is None for settings in self._settings
            )
        except TimedOut:
            # Its process was ended with it.
            self._started = False
            self._hung += 1
        except (StudentFault, MemoryError):
            pass
        return False

    def _survives(self, functions: Functions) -> bool:
        end = min(self.deadline, time.monotonic() + (CANDIDATE_SECONDS if self._started else STARTING_SECONDS))
        if self._case is None:
            return first_failure(self._exercise, functions, self._settings[0], end) is None
        got = functions.call(self._exercise.stem, self._exercise.name, self._case.args, end)
        self._started = True
        return self._case.solved_by(got)


def _found(source: Source, chunk: int, change: Change, tried: int) -> Found:
    text = source.chunks[chunk]
    before, after = text[change.start : change.end].decode(), change.new.decode()
    cell = chunk + 1 if source.forgiving else None
    return Found(change.line, change.kind, before, after, tried, cell)
