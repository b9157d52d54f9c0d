"""A check's run on a kept wrong answer, with all that was asked, all that came back, and the evidence."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import pytest

from grader.course.catalogue import stage
from grader.course.checks import MistakeSeen
from grader.course.stored_answers import read_answer
from grader.grading.questions import seeded
from grader.grading.reference import PUBLIC_SEED
from grader.student.in_process import InProcessFunctions
from grader.student.loader import StageModules
from tests.conftest import ROOT


@dataclass(frozen=True)
class Recorded:
    """One run of a check: its calls as (arguments, result), and the evidence that it gave."""

    calls: list[tuple[tuple[Any, ...], Any]]
    numbers: dict[str, Any]
    text: str

    def asked(self, number: int) -> tuple[Any, ...]:
        return self.calls[number][0]

    def told(self, number: int) -> Any:
        return self.calls[number][1]


def record(number: int, answer_name: str, exercise_name: str, mistake: str) -> Recorded:
    """Run the check of a mistake on a stage's kept answer ("layer_norm/eps_outside_the_root")."""
    level = stage(number)
    exercise = level.exercise(exercise_name)
    check = next(check for check in exercise.checks if check.id == mistake)
    path = ROOT / "solutions" / level.name / "answers" / f"{answer_name}.py"
    sources = read_answer(path, level).sources
    functions = InProcessFunctions(StageModules(sources), watch=False)
    calls: list[tuple[tuple[Any, ...], Any]] = []

    def answer(*args: Any) -> Any:
        result = functions.call(exercise.stem, exercise.name, args, time.monotonic() + 60)
        calls.append((args, result))
        return result

    with pytest.raises(MistakeSeen) as seen:
        check.run(answer=answer, rng=seeded(PUBLIC_SEED, exercise, check))
    return Recorded(calls, seen.value.numbers, str(seen.value))
