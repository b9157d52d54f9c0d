"""Which checks a student's own functions do not pass, so that a probe can name those and no others."""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Callable, Collection, Sequence

from grader.course.catalogue import Exercise
from grader.course.numbers import listed
from grader.course.points import Points
from grader.grading.examine import Functions, Settings, examine
from grader.grading.reference import choose_reference, recorded_seed
from grader.results.verdict import Verdict

SECONDS = 10.0
MOST_NAMED = 4


def settings_of(points: Points) -> Settings:
    """The questions that students can ask themselves. Raises NoReference."""
    seed = recorded_seed()
    return Settings(seed, points, choose_reference(seed))


def failing(
    exercises: Sequence[Exercise], functions: Callable[[int], Functions], settings: Settings
) -> tuple[Verdict, ...]:
    """The checks of these exercises that do not pass; `functions` gives those of a stage, and may print."""
    found: list[Verdict] = []
    end = time.monotonic() + SECONDS
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for place, exercise in enumerate(exercises):
            share = (end - time.monotonic()) / (len(exercises) - place)
            judged = examine(exercise, functions(exercise.stage), settings, time.monotonic() + share)
            found += [verdict for verdict, _ in judged if not verdict.passed]
    return tuple(found)


def advice(found: Sequence[Verdict], look_at: Collection[str] = ()) -> str:
    """A sentence that names the checks that do not pass: those among `look_at`, or else all of them.

    What waits for another check of its exercise is left out, and so is a general check beside a mistake.
    """
    if not found:
        return "Your functions pass all of their checks: none of them asks about this."
    near = [verdict for verdict in found if verdict.id in look_at and verdict.status != "blocked"]
    names = [_named(exercise, verdicts) for exercise, verdicts in _by_exercise(near or found).items()]
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    several = len(names) > 1 or " and " in names[0]
    return f"Failed check{'s' if several else ''}: {', '.join(names[:MOST_NAMED])}{more}."


def _by_exercise(found: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    grouped: dict[str, list[Verdict]] = {}
    for verdict in found:
        grouped.setdefault(verdict.exercise, []).append(verdict)
    return grouped


def _named(exercise: str, verdicts: Sequence[Verdict]) -> str:
    ids = [verdict.id for verdict in verdicts if verdict.id and verdict.status != "blocked"]
    if not ids:
        return f"the general one of {exercise}"
    return f"{listed(ids)} of {exercise}"
