"""The students' edition has no solutions: its recorded answers are fresh, and lead to the same verdicts."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest

from grader.course.catalogue import Stage, stages
from grader.course.pages import solutions_home
from grader.course.points import Points
from grader.course.stored_answers import StoredAnswer, stored_answers
from grader.grading.examine import Settings, examine
from grader.grading.recording import is_stale
from grader.grading.reference import NEIGHBOURS, PUBLIC_SEED, NoReference, Recorded, Reference, Solutions
from grader.results.verdict import Verdict
from grader.student.in_process import InProcessFunctions
from grader.student.loader import StageModules
from tests.conftest import Run

HOME = solutions_home()
assert HOME is not None
ANSWERS = stored_answers(HOME)
SECONDS = 30.0


def test_what_is_recorded_is_fresh() -> None:
    assert is_stale() == []


def test_the_command_says_that_the_record_is_fresh(run: Run) -> None:
    assert run("grader", "record", "--check").returncode == 0


def generals(answer: StoredAnswer, reference: Reference) -> list[Verdict]:
    """The verdicts of the exercises that an answer speaks of."""
    settings = Settings(PUBLIC_SEED, Points(), reference)
    functions = InProcessFunctions(StageModules(answer.sources))
    exercises = [exercise for exercise in answer.stage.exercises if exercise.name in answer.shows]
    return [v for e in exercises for v, _ in examine(e, functions, settings, time.monotonic() + SECONDS)]


def rounded(verdict: Verdict) -> dict[str, Any]:
    """A verdict as data; another machine's vector units give other last digits than the one that recorded."""
    return dict(json.loads(json.dumps(vars(verdict), default=vars), parse_float=lambda text: f"{float(text):.5g}"))


@pytest.mark.parametrize("every", [13, pytest.param(1, marks=pytest.mark.long)])
@pytest.mark.parametrize("stage", stages(), ids=lambda stage: stage.name)
def test_recorded_answers_and_solutions_give_the_same_verdicts(stage: Stage, every: int) -> None:
    assert HOME is not None
    recorded, solutions = Recorded(), Solutions(HOME)
    answers = [answer for answer in ANSWERS if answer.stage.number == stage.number]
    assert answers
    for answer in answers[::every]:
        one, other = generals(answer, recorded), generals(answer, solutions)
        assert [v.status for v in one] == [v.status for v in other], answer.name
        # Noise has other numbers each time it is asked.
        if not any(word in answer.name for word in ("noise", "random", "dropout")):
            assert [rounded(v) for v in one] == [rounded(v) for v in other], answer.name


def test_another_seed_has_no_recorded_answers() -> None:
    exercise = next(e for s in stages() for e in s.exercises if e.name == "scaled_attention")
    with pytest.raises(NoReference, match="public seed"):
        Recorded().solve(exercise, PUBLIC_SEED + 1 + NEIGHBOURS, 1, ())
