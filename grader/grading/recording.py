"""Recording the right answers for the students' edition: the general checks ask, the solutions answer."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from grader.course.catalogue import Exercise, Stage, stages
from grader.course.measure import close
from grader.course.outline import outline_path, recorded, written
from grader.course.pages import exercises_home, solutions_home
from grader.course.review import review, review_folders
from grader.grading.intake import read_folder
from grader.grading.questions import seeded
from grader.grading.reference import (
    NEIGHBOURS,
    PUBLIC_SEED,
    NoReference,
    Right,
    Solutions,
    dump,
    load,
    record_key,
    record_path,
)
from grader.student.in_process import InProcessFunctions
from grader.student.loader import StageModules

PATIENCE = 60.0


def record() -> list[Path]:
    """Record the answers and the outline of every stage where they are not what is recorded; the files written.

    Raises CourseError, with file and line, for a stage that is not complete, and NoReference without solutions.
    """
    home = _solutions()
    review_folders(exercises_home())
    for stage in stages():
        review(stage, exercises_home(), home)
    paths = []
    for stage in stages():
        outline = outline_path(stage.number)
        if not outline.is_file() or outline.read_text(encoding="utf-8") != _outline(stage):
            outline.write_text(_outline(stage), encoding="utf-8")
            paths.append(outline)
        if not _is_fresh(stage):
            dump(record_path(stage.number), answers(stage))
            paths.append(record_path(stage.number))
    return paths


def is_stale() -> list[Path]:
    """The records that are not what the solutions answer, and the stubs and pages say, now.

    What an outline does not hold yet is read from the folder, and makes nothing stale.
    """
    answered = [record_path(stage.number) for stage in stages() if not _is_fresh(stage)]
    return answered + [outline_path(stage.number) for stage in stages() if not _is_told(stage)]


def _outline(stage: Stage) -> str:
    return written(exercises_home() / stage.name).to_json()


def _is_told(stage: Stage) -> bool:
    known, now = recorded(stage.number), written(exercises_home() / stage.name)
    told = [(page.id, page.title, page.sources) for page in now.pages.values()]
    return known.parameters.items() <= now.parameters.items() and all(
        (page.id, page.title, page.sources) in told for page in known.pages.values()
    )


def _is_fresh(stage: Stage) -> bool:
    try:
        stored = load(record_path(stage.number))
    except NoReference:
        return False
    now = answers(stage)
    return stored.keys() == now.keys() and all(_same(stored[key], now[key]) for key in now)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.shape == other.shape and one.dtype == other.dtype and close(one, other)
    return bool(one == other) or (type(one) is type(other) is float and close(one, other))


def answers(stage: Stage, seed: int = PUBLIC_SEED) -> dict[str, Any]:
    """Every right answer that the general checks of a stage ask for under a seed, and under its neighbours: what is
    said of a line of a student's code must hold for those as well.

    Raises NoReference where there are no solutions.
    """
    home = _solutions()
    solutions = Solutions(home)
    functions = InProcessFunctions(StageModules(read_folder(home / stage.name, stage)))
    found: dict[str, Any] = {}
    for exercise in stage.exercises:
        for neighbour in range(seed, seed + 1 + NEIGHBOURS):
            _ask(exercise, functions, solutions, found, neighbour, seed)
    return found


def _solutions() -> Path:
    home = solutions_home()
    if home is None:
        raise NoReference("there are no solutions to record: this needs a clone of the repository")
    return home


def _ask(
    exercise: Exercise,
    functions: InProcessFunctions,
    solutions: Solutions,
    found: dict[str, Any],
    seed: int,
    recorded: int,
) -> None:
    general = next(check for check in exercise.checks if check.id is None)

    def solve(number: int, args: Any) -> Any:
        answer = solutions.solve(exercise, seed, number, args)
        found[record_key(exercise.name, number, seed - recorded)] = answer
        return answer

    def answer(*args: Any) -> Any:
        return functions.call(exercise.stem, exercise.name, args, time.monotonic() + PATIENCE)

    general.run(answer=answer, rng=seeded(seed, exercise, general), expected=Right(solve, exercise))
