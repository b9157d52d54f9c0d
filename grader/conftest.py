"""Fixtures that let plain pytest run a suite by itself: `pytest grader/course/suites` judges the solutions."""

import time
from functools import cache

import pytest

from grader.course.catalogue import Exercise, stages
from grader.course.checks import Answer, Expected, Rng
from grader.course.pages import solutions_home
from grader.grading.intake import read_folder
from grader.grading.questions import seeded
from grader.grading.reference import PUBLIC_SEED, find_reference
from grader.student.in_process import InProcessFunctions
from grader.student.loader import StageModules

SECONDS = 10.0


@cache
def _functions(number: int) -> InProcessFunctions:
    home = solutions_home()
    if home is None:
        pytest.skip("this edition holds no solutions to run the suites on")
    stage = next(stage for stage in stages() if stage.number == number)
    return InProcessFunctions(StageModules(read_folder(home / stage.name, stage)))


@pytest.fixture
def exercise(request: pytest.FixtureRequest) -> Exercise:
    """The exercise that a test speaks of."""
    name, run = request.function.checks[0].exercise, request.function
    return next(e for s in stages() for e in s.exercises if e.name == name and any(c.run is run for c in e.checks))


@pytest.fixture
def answer(exercise: Exercise) -> Answer:
    """The solution's function."""
    functions = _functions(exercise.stage)
    return lambda *args: functions.call(exercise.stem, exercise.name, args, time.monotonic() + SECONDS)


@pytest.fixture
def rng(request: pytest.FixtureRequest, exercise: Exercise) -> Rng:
    """The generator of the test's inputs under the public seed."""
    return seeded(PUBLIC_SEED, exercise, request.function.checks[0])


@pytest.fixture
def expected(exercise: Exercise) -> Expected:
    """The right answers."""
    return find_reference().expected(exercise, PUBLIC_SEED)
