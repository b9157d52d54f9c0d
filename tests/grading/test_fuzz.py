"""Whatever a function returns, or does with the functions that it is given, there is a verdict, and soon."""

from __future__ import annotations

import time
from functools import cache

import pytest

from grader.course.catalogue import Exercise, stages
from grader.course.points import Points
from grader.grading.examine import Functions, Settings, examine
from grader.grading.reference import PUBLIC_SEED, find_reference
from grader.results.verdict import STATUSES
from tests.grading.fuzzing import Cast, Fuzz, Raises

EXERCISES = [exercise for stage in stages() for exercise in stage.exercises]
SHORT, LONG = 20, 1000
# What a check may take on a machine that has much else to do.
SECONDS = 20.0


@cache
def settings() -> Settings:
    return Settings(PUBLIC_SEED, Points(), find_reference())


def judge(exercise: Exercise, seed: int) -> None:
    """Every check has a status, its message is one line of some length, and it does not take for ever."""
    began = time.monotonic()
    found = examine(exercise, Fuzz(exercise, settings().reference, seed), settings(), began + SECONDS)
    for verdict, _ in found:
        assert verdict.status in STATUSES, seed
        assert verdict.status != "timeout", seed
        assert (verdict.points > 0) == (verdict.status == "passed"), seed
        assert "\n" not in verdict.message
        assert len(verdict.message) < 5000, (seed, verdict.message[:500])


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_there_is_a_verdict_whatever_comes_back(exercise: Exercise) -> None:
    for seed in range(SHORT):
        judge(exercise, seed)


REFUSALS = (
    "cannot reshape array of size 6 into shape (²,1)",
    "cannot reshape array of size ² into shape (2,²,0)",
    f"cannot reshape array of size 6 into shape ({'9' * 5000},2,3,1)",
    "mat1 and mat2 cannot be multiplied (²x³)",
)


@pytest.mark.parametrize("text", REFUSALS)
def test_there_is_a_verdict_whatever_an_exception_says(text: str) -> None:
    for exercise in EXERCISES:
        assert statuses(exercise, Raises(text)) <= {"error", "blocked", "mistake"}


@pytest.mark.parametrize("dtype", ["?", "i1", "u8", "f2"])
def test_there_is_a_verdict_whatever_the_type_of_numbers(dtype: str) -> None:
    for exercise in EXERCISES:
        assert statuses(exercise, Cast(exercise, settings().reference, dtype))


def statuses(exercise: Exercise, functions: Functions) -> set[str]:
    found = examine(exercise, functions, settings(), time.monotonic() + SECONDS)
    return {verdict.status for verdict, _ in found}


@pytest.mark.long
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.name)
def test_there_is_a_verdict_whatever_comes_back_for_long(exercise: Exercise) -> None:
    for seed in range(SHORT, LONG):
        judge(exercise, seed)
