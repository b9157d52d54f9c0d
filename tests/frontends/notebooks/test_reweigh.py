"""Other points for an assignment that is graded: one command, and the same as grading anew under them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.frontends.notebooks.conftest import Command, copied, scores
from tests.frontends.notebooks.students import ASSIGNMENT

TABLE = '[points]\ngeneral = 3\n\n[points.mistake]\n"5.9" = 0.5\n"5.4" = 4\n'


@pytest.fixture(scope="module")
def weighed(graded_by_us: Path, command: Command) -> Path:
    course = copied(graded_by_us, "re-weighed")
    (course / "misstep.toml").write_text(TABLE)
    said = command(course, "grader", "nbgrader", "reweigh", ASSIGNMENT).stdout
    assert "cells are worth something else" in said
    return course


def text(course: Path, student: str) -> str:
    return (course / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text()


def test_what_passed_earns_the_new_points_and_what_did_not_earns_none(weighed: Path, graded_by_us: Path) -> None:
    before, after = scores(graded_by_us), scores(weighed)
    assert before.keys() == after.keys()
    for student, cells in after.items():
        assert {name for name, score in cells.items() if score} == {n for n, s in before[student].items() if s}
    assert after["right"]["stage5-split_heads-5_4"] == 4
    assert after["right"]["stage5-merge_heads-result"] == 3
    assert after["mask-after"]["stage5-scaled_attention-5_9"] == 0


def test_grading_again_keeps_it_all_and_grading_anew_gives_the_same(weighed: Path, command: Command) -> None:
    found, notebook = scores(weighed), text(weighed, "mask-after")
    done = command(weighed, "grader", "nbgrader", "autograde", ASSIGNMENT, "--jobs", "2")
    assert f"({len(found)} kept from an earlier run)" in done.stdout
    assert "released with" not in done.stderr
    command(weighed, "grader", "nbgrader", "autograde", ASSIGNMENT, "--force", "--student", "mask-after")
    assert scores(weighed) == found
    assert text(weighed, "mask-after") == notebook


def test_a_mistake_that_is_off_takes_more_than_points(weighed: Path, command: Command) -> None:
    (weighed / "misstep.toml").write_text('[points]\noff = ["5.9"]\n')
    refused = command(weighed, "grader", "nbgrader", "reweigh", ASSIGNMENT, status=2)
    assert "5.9 is off in misstep.toml" in refused.stderr
