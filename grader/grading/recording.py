"""Recording the right answers for the students' edition: the general checks ask, the solutions answer."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np

from grader.course.catalogue import Exercise, Stage, stages
from grader.course.measure import close
from grader.course.outline import outline_path, written
from grader.course.pages import exercises_home, solutions_home
from grader.grading.intake import read_folder
from grader.grading.questions import seeded
from grader.grading.reference import PUBLIC_SEED, NoReference, Right, Solutions, dump, load, record_path
from grader.student.in_process import InProcessFunctions
from grader.student.loader import StageModules

PATIENCE = 60.0


def record() -> list[Path]:
    """Record the answers and the outline of every stage anew; the files written."""
    paths = []
    for stage in stages():
        outline_path(stage.number).write_text(_outline(stage), encoding="utf-8")
        dump(record_path(stage.number), answers(stage))
        paths += [outline_path(stage.number), record_path(stage.number)]
    return paths


def is_stale() -> list[Path]:
    """The records that are not what the solutions answer, and the stubs and pages say, now."""
    answered = [record_path(stage.number) for stage in stages() if not _is_fresh(stage)]
    return answered + [outline_path(stage.number) for stage in stages() if not _is_told(stage)]


def _outline(stage: Stage) -> str:
    return written(exercises_home() / stage.name).to_json()


def _is_told(stage: Stage) -> bool:
    path = outline_path(stage.number)
    return path.is_file() and path.read_text(encoding="utf-8") == _outline(stage)


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


def answers(stage: Stage) -> dict[str, Any]:
    """Every right answer that the general checks of a stage ask for under the public seed.

    Raises NoReference where there are no solutions.
    """
    home = solutions_home()
    if home is None:
        raise NoReference("there are no solutions to record: this needs a clone of the repository")
    solutions = Solutions(home)
    functions = InProcessFunctions(StageModules(read_folder(home / stage.name, stage)))
    found: dict[str, Any] = {}
    for exercise in stage.exercises:
        _ask(exercise, functions, solutions, found)
    return found


def _ask(exercise: Exercise, functions: InProcessFunctions, solutions: Solutions, found: dict[str, Any]) -> None:
    general = next(check for check in exercise.checks if check.id is None)

    def solve(number: int, args: Any) -> Any:
        answer = solutions.solve(exercise, PUBLIC_SEED, number, args)
        found[f"{exercise.name}/{number}"] = answer
        return answer

    def answer(*args: Any) -> Any:
        return functions.call(exercise.stem, exercise.name, args, time.monotonic() + PATIENCE)

    general.run(answer=answer, rng=seeded(PUBLIC_SEED, exercise, general), expected=Right(solve, exercise))
