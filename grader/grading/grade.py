"""Grading one submission: its functions behind the wall, all planned checks outside it, one result."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.course.catalogue import Exercise, stage, stage_numbers
from grader.grading.examine import Functions, Settings, everything, examine
from grader.grading.excerpts import with_code
from grader.grading.intake import Submission
from grader.grading.mending import without_fatal_cells
from grader.grading.notes import import_notes
from grader.grading.one_change.line import with_lines
from grader.grading.pictures import SECONDS, with_pictures
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox
from grader.isolation.session import Session
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

TIME_LIMIT = 10.0
# An exercise that ran out of its share is tried again only if it can have clearly more the second time.
WORTH_ANOTHER_TRY = 1.5


@dataclass(frozen=True)
class Graded:
    """One graded submission: its result, what its code printed, and what the caller's own last look gave."""

    result: SubmissionResult
    printed: str = ""
    seen: Any = None


def grade(
    submission: Submission,
    sandbox: Sandbox,
    settings: Settings,
    *,
    stages: Sequence[int] = (),
    time_limit: float = TIME_LIMIT,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    look: Callable[[Session], Any] | None = None,
) -> Graded:
    """Every planned check of the stages (those that the submission holds, or else all, if none are given).

    `time_limit` is the wall time in seconds for all of the submission's code. `look` may ask the functions for
    more once the verdicts are made, such as what the cells of a notebook printed. Raises nothing
    for a fault of the submission's; a WallError or anything else that comes out of here is ours, and then nobody
    is graded.
    """
    planned = tuple(stages) or tuple(submission.sources) or stage_numbers()
    settings.plans.prepare(planned)
    end = time.monotonic() + max(0.0, time_limit - settings.watch.spent)
    with sandbox.open_session(submission.sources, limits) as session:
        verdicts = _judge(submission, session, settings, planned, end)
        printed = session.take_printed()
        verdicts = with_pictures(verdicts, session.functions, min(SECONDS, end - time.monotonic()))
        seen = look(session) if look else None
    if _may_be_mended(submission, verdicts):
        mended = replace(submission, sources=without_fatal_cells(submission.sources, sandbox, limits, end))
        if mended != submission:
            left = end - time.monotonic()
            return grade(mended, sandbox, settings, stages=stages, time_limit=left, limits=limits, look=look)
    if settings.points.lines and settings.line_seconds:
        seconds = min(settings.line_seconds, end - time.monotonic())
        verdicts = with_lines(verdicts, submission.sources, settings, sandbox, limits, seconds)
    verdicts = with_code(verdicts, submission.sources)
    imported = [
        note
        for number in planned
        for _, note, _ in import_notes(submission.sources.get(number, {}), settings.points.allow)
    ]
    result = SubmissionResult.of(submission.name, verdicts, sandbox.isolation, [*submission.notes, *imported])
    return Graded(result, printed, seen)


def _may_be_mended(submission: Submission, verdicts: Sequence[Verdict]) -> bool:
    """Whether a notebook came to nothing but errors, as where one of its cells ends the process."""
    notebooks = [n for n, files in submission.sources.items() if any(source.forgiving for source in files.values())]
    return any(all(v.status == "error" for v in verdicts if v.stage == number) for number in notebooks)


def _judge(
    submission: Submission, session: Session, settings: Settings, planned: Sequence[int], end: float
) -> list[Verdict]:
    verdicts: dict[tuple[int, str], list[Verdict]] = {}
    there: list[Exercise] = []
    for number in planned:
        for exercise in stage(number).exercises:
            verdicts[number, exercise.name] = []
            if number in submission.sources:
                there.append(exercise)
            else:
                missing = submission.missing.get(number, f"stage{number}/ is missing")
                verdicts[number, exercise.name] = everything("error", missing, exercise, settings)
    for exercise, found in _in_time(there, session, settings, end):
        verdicts[exercise.stage, exercise.name] = found
    return [verdict for found in verdicts.values() for verdict in found]


def _in_time(
    exercises: Sequence[Exercise], session: Session, settings: Settings, end: float
) -> list[tuple[Exercise, list[Verdict]]]:
    """All exercises within the time of the submission, so that one that hangs leaves enough for the others.

    Each gets an equal share of what is left; those that needed more share what remains at the end.
    """
    done: list[tuple[Exercise, list[Verdict]]] = []
    late: list[tuple[Exercise, float]] = []
    for place, exercise in enumerate(exercises):
        share = (end - time.monotonic()) / (len(exercises) - place)
        verdicts = _examined(exercise, session.functions(exercise.stage), settings, share)
        done.append((exercise, verdicts))
        if any(verdict.status == "timeout" for verdict in verdicts):
            late.append((exercise, share))
    for place, (exercise, had) in enumerate(late):
        share = (end - time.monotonic()) / (len(late) - place)
        if share > had * WORTH_ANOTHER_TRY:
            done.append((exercise, _examined(exercise, session.functions(exercise.stage), settings, share)))
    return done


def _examined(exercise: Exercise, functions: Functions, settings: Settings, share: float) -> list[Verdict]:
    lost = settings.watch.verdict(exercise)
    if lost:
        return everything(*lost, exercise, settings)
    deadline = time.monotonic() + share
    settings.watch.turn_to(exercise, deadline)
    found = examine(exercise, functions, settings, deadline)
    settings.watch.turn_away()
    return [verdict for verdict, _ in found]
