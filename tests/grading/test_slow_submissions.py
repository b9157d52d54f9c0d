"""Slow and right is right: an exercise may take what the others leave of the submission's time."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from grader.course.points import Points
from grader.grading.examine import Settings
from grader.grading.grade import grade
from grader.grading.intake import read_submission
from grader.grading.reference import PUBLIC_SEED, choose_reference
from grader.isolation.sandbox import ForkSandbox
from grader.results.verdict import Verdict
from tests.conftest import copy_stage

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the wall stands on Linux")

SLOW_CALLS = (
    "\n\n_right = causal_mask\ndef causal_mask(n):\n    import time\n    time.sleep(0.1)\n    return _right(n)\n"
)


def graded(home: Path, time_limit: float) -> dict[str, set[str]]:
    """The statuses of each exercise of all three stages."""
    settings = Settings(PUBLIC_SEED, Points(), choose_reference(PUBLIC_SEED))
    with ForkSandbox() as sandbox:
        verdicts = grade(read_submission(home), sandbox, settings, time_limit=time_limit).result.checks
    return {name: statuses(verdicts, name) for name in {verdict.exercise for verdict in verdicts}}


def statuses(verdicts: tuple[Verdict, ...], exercise: str) -> set[str]:
    return {verdict.status for verdict in verdicts if verdict.exercise == exercise}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """All 28 exercises, solved."""
    for number in (3, 5, 6):
        copy_stage(number, tmp_path)
    return tmp_path


def add(file: Path, text: str) -> None:
    with file.open("a") as stream:
        stream.write(text)


@pytest.mark.parametrize(
    ("stem", "text"),
    [("heads", "\n\nimport time\ntime.sleep(1.2)\n"), ("causal_mask", SLOW_CALLS)],
    ids=["import", "calls"],
)
def test_one_slow_file_among_twenty_eight_exercises_passes(course: Path, stem: str, text: str) -> None:
    add(course / "stage5" / f"{stem}.py", text)
    assert {status for found in graded(course, 20).values() for status in found} == {"passed"}


def test_a_file_that_never_loads_costs_its_own_exercises(course: Path) -> None:
    began = time.monotonic()
    assert {status for found in graded(course, 60).values() for status in found} == {"passed"}
    # On a machine that is busy with something else, all exercises need more time, and so each of them does.
    limit = max(4.0, 4 * (time.monotonic() - began))
    add(course / "stage5" / "heads.py", "\n\nimport time\nwhile True: time.sleep(1)\n")
    found = graded(course, limit)
    assert {name for name, status in found.items() if status != {"passed"}} == {"split_heads", "merge_heads"}
    assert found["split_heads"] == found["merge_heads"] == {"timeout"}
