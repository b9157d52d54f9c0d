"""Our own work on what a student's function returned has an end, whatever it was."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from grader.course.catalogue import Check, stage
from grader.course.points import Points
from grader.grading.bounds import MAX_CALLS_BACK, MAX_NUMBERS_BACK, PATIENCE, CallsBack
from grader.grading.examine import Settings, examine
from grader.grading.reference import PUBLIC_SEED, find_reference
from grader.results.verdict import Verdict
from grader.student.faults import OutOfTime, Unusable
from grader.student.in_process import InProcessFunctions, time_limit
from grader.student.loader import Source, StageModules

EXERCISE = stage(5).exercises[0]
FUNCTIONS = InProcessFunctions(StageModules({EXERCISE.stem: Source("mine.py", (b"def causal_mask(n): return n",))}))


def verdicts(run: Callable[..., None], seconds: float) -> list[Verdict]:
    """What an exercise comes to whose first check is `run`."""
    checks = (Check("5.1", EXERCISE.name, run), replace(EXERCISE.checks[-1], run=run))
    settings = Settings(PUBLIC_SEED, Points(), find_reference())
    found = examine(replace(EXERCISE, checks=checks), FUNCTIONS, settings, time.monotonic() + seconds)
    return [verdict for verdict, _ in found]


def test_a_check_that_does_not_come_to_an_end_is_a_timeout() -> None:
    def for_ever(answer: Any, rng: object, expected: object = None) -> None:
        answer(3)
        while True:
            pass

    began = time.monotonic()
    found = verdicts(for_ever, 0.2)
    assert time.monotonic() - began < 0.2 + PATIENCE + 20
    assert {verdict.status for verdict in found} == {"timeout"}
    assert "checking what your code returned" in found[0].message


def test_a_check_that_fills_the_memory_is_that_submissions_error() -> None:
    def much(answer: Any, rng: object, expected: object = None) -> None:
        raise MemoryError

    assert {verdict.status for verdict in verdicts(much, 5)} == {"error"}


def test_calls_back_are_counted_over_all_functions_of_a_call() -> None:
    first, (second,) = CallsBack().counted((len, [sum]))
    for _ in range(MAX_CALLS_BACK):
        first("x")
    with pytest.raises(Unusable, match="more than 10000 times"):
        second([1])


def test_numbers_that_are_passed_on_are_counted_wherever_they_stand() -> None:
    half = np.zeros(MAX_NUMBERS_BACK // 2, dtype=np.int8)
    for value in (half, [half], {"a": [half]}):
        (function,) = CallsBack().counted((lambda value: 0,))
        function(value)
        with pytest.raises(Unusable, match="numbers"):
            function([value, value])


def test_a_time_limit_inside_another_leaves_it_running() -> None:
    began = time.monotonic()

    def many_short_calls() -> None:
        with time_limit(0.4, "outer"):
            for _ in range(100):
                with time_limit(5, "inner"):
                    time.sleep(0.05)

    with pytest.raises(OutOfTime):
        many_short_calls()
    assert time.monotonic() - began < 3
