"""What comes next: the first exercise of the task sheet that is not done, or the stage after a finished one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from grader.course.catalogue import Exercise, stage
from grader.course.milestones import NUMBERS
from grader.course.points import find_points
from grader.frontends.watch.folders import shown_path, student_stages
from grader.results.verdict import Verdict


def next_line(found: Mapping[tuple[int, str], Sequence[Verdict]]) -> str:
    """One line for verdicts by stage and folder, such as "next: split_heads · pytest exercises/stage5/heads.py"."""
    for (number, folder), verdicts in sorted(found.items()):
        failed = {verdict.exercise for verdict in verdicts if not verdict.passed}
        for exercise in stage(number).exercises:
            if exercise.name in failed:
                return _exercise_line(exercise, folder)
    for (number, folder), verdicts in sorted(found.items()):
        if missing := _not_asked(number, Path(folder), verdicts):
            asked = [exercise.name in {verdict.exercise for verdict in verdicts} for exercise in missing]
            if any(asked):
                return f"next: all of stage {number} · pytest {shown_path(Path(folder))}"
            return _exercise_line(_after(number, missing), folder)
    return _finished(found)


def milestone_line(number: int, folder: str, verdicts: Sequence[Verdict]) -> str:
    """What to do with a stage that is finished; "" for one that is not, or that has no milestone."""
    finished = all(verdict.passed for verdict in verdicts) and not _not_asked(number, Path(folder), verdicts)
    return f"your functions together: misstep milestone {number}" if finished and number in NUMBERS else ""


def _exercise_line(exercise: Exercise, folder: str) -> str:
    return f"next: {exercise.name} · pytest {shown_path(Path(folder) / f'{exercise.stem}.py')}"


def _not_asked(number: int, folder: Path, verdicts: Sequence[Verdict]) -> list[Exercise]:
    """The exercises of which not all planned checks were run."""
    points, asked = find_points(folder), {(verdict.exercise, verdict.label) for verdict in verdicts}
    return [
        exercise
        for exercise in stage(number).exercises
        if any(points.planned(exercise, c) and (exercise.name, c.label) not in asked for c in exercise.checks)
    ]


def _after(number: int, missing: Sequence[Exercise]) -> Exercise:
    """The one that follows what was done last, or else the first."""
    order = stage(number).exercises
    later = [one for before, one in pairwise(order) if one in missing and before not in missing]
    return later[-1] if later else missing[0]


def _finished(found: Mapping[tuple[int, str], Sequence[Verdict]]) -> str:
    numbers = sorted({number for number, _ in found})
    said = f"stage {' and '.join(map(str, numbers))} {'is' if len(numbers) == 1 else 'are'} finished"
    stages = student_stages(Path(max(found)[1]))
    later = [number for number in sorted(stages) if number > numbers[-1]]
    return f"{said} · next: pytest {shown_path(stages[later[0]])}" if later else said
