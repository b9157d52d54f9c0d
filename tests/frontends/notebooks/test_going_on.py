"""`misstep nbgrader autograde` run again: nobody is left unmarked, and nobody is graded for nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.frontends.cli import main
from tests.frontends.notebooks.conftest import Command, copied, scores
from tests.frontends.notebooks.students import ASSIGNMENT

Autograde = Callable[..., tuple[int, str]]
CLASS = ("right", "mask-after", "untouched", "broken")
COMMAND = ("grader", "nbgrader", "autograde", ASSIGNMENT, "--jobs", "2")


@pytest.fixture
def course(handed_in: Path, tmp_path: Path) -> Path:
    """A small class of the session's course."""
    home = copied(handed_in, tmp_path.name)
    for path in (home / "submitted").iterdir():
        if path.name not in CLASS:
            shutil.rmtree(path)
    return home


@pytest.fixture
def autograde(course: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Autograde:
    """The command, run in the course's directory and in this process; what it said, and its exit status."""
    monkeypatch.chdir(course)

    def run(*words: str) -> tuple[int, str]:
        status = main([*COMMAND[1:], *words])
        told = capfd.readouterr()
        return status, told.out + told.err

    return run


def notebook(course: Path, student: str) -> Path:
    return course / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"


def test_a_killed_run_goes_on_until_everybody_is_marked(course: Path, command: Command, graded_by_us: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", *COMMAND],
        cwd=course,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as first:
        until = time.monotonic() + 60
        while not list(course.glob("autograded/*/*/*.ipynb")) and time.monotonic() < until:
            time.sleep(0.005)
        os.killpg(first.pid, signal.SIGKILL)
    command(course, *COMMAND)
    mine, whole = scores(course), scores(graded_by_us)
    assert len(mine) == len(CLASS)
    assert mine == {student: whole[student] for student in mine}
    assert all(notebook(course, student).is_file() for student in mine)


def test_whoever_stock_nbgrader_would_skip_unmarked_is_graded(course: Path, autograde: Autograde) -> None:
    place = notebook(course, "right")
    place.parent.mkdir(parents=True)
    shutil.copy(course / f"submitted/right/{ASSIGNMENT}/{ASSIGNMENT}.ipynb", place)
    autograde()
    assert all(scores(course)["right"].values())


def test_a_run_ends_with_the_mistakes_of_the_class_those_kept_included(course: Path, autograde: Autograde) -> None:
    autograde()
    told = autograde()[1]
    assert "Mistakes by students" in told
    assert re.search(r"^5\.9 +█+ +\d+  Mask applied after softmax$", told, re.MULTILINE)


def test_only_what_has_changed_is_graded_again(course: Path, autograde: Autograde) -> None:
    autograde()
    before = {student: notebook(course, student).stat().st_mtime_ns for student in scores(course)}
    home = course / "submitted"
    solved = (home / "right" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text()
    (home / "mask-after" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").write_text(solved)
    assert f"{len(CLASS)} submissions graded ({len(CLASS) - 1} kept from an earlier run)" in autograde()[1]
    after = {student: notebook(course, student).stat().st_mtime_ns for student in before}
    assert {student for student in before if before[student] != after[student]} == {"mask-after"}
    assert scores(course)["mask-after"] == scores(course)["right"]


def test_one_student_can_be_graded_alone_and_again(course: Path, autograde: Autograde) -> None:
    autograde("--student", "right")
    assert scores(course).keys() == {"right"}
    assert "kept" in autograde("--student", "right")[1]
    assert "kept" not in autograde("--student", "right", "--force")[1]


def test_a_manual_score_is_left_as_it_is(course: Path, autograde: Autograde) -> None:
    from nbgrader.api import Gradebook

    autograde("--student", "mask-after")
    where = ("stage5-scaled_attention-5_9", ASSIGNMENT, ASSIGNMENT, "mask-after")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        gradebook.find_grade(*where).manual_score = 0.25
        gradebook.db.commit()
    autograde("--student", "mask-after", "--force")
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        grade = gradebook.find_grade(*where)
        assert (grade.auto_score, grade.manual_score, grade.score) == (0, 0.25, 0.25)
        assert grade.needs_manual_grade


def test_a_test_that_is_not_ours_is_nobodys_zero(course: Path, autograde: Autograde, command: Command) -> None:
    source = course / f"source/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
    text = json.loads(source.read_text())
    words = {"grade": True, "grade_id": "bonus", "points": 3, "locked": True, "solution": False, "schema_version": 3}
    words |= {"task": False, "cell_type": "code"}
    bonus = {"cell_type": "code", "id": "bonus", "outputs": [], "execution_count": None, "source": "assert causal_mask"}
    text["cells"].append({**bonus, "metadata": {"nbgrader": words}})
    source.write_text(json.dumps(text))
    command(course, "nbgrader", "generate_assignment", ASSIGNMENT, "--force")
    status, said = autograde()
    assert status == 1
    assert "'bonus' is not one of misstep's" in said
    assert all(score is None for cells in scores(course).values() for score in cells.values())


def test_a_course_with_stock_execution_is_left_to_nbgrader(course: Path, autograde: Autograde) -> None:
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text().replace("= misstep.behind_the_wall()", "= misstep.in_the_kernel()"))
    status, said = autograde()
    assert status == 2
    assert "`nbgrader autograde`" in said


def test_without_a_wall_nobody_is_graded(autograde: Autograde, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.frontends.notebooks import worker
    from grader.isolation.errors import WallError

    def no_wall(*_: object, **__: object) -> None:
        raise WallError("this kernel cannot")

    monkeypatch.setattr(worker, "open_sandbox", no_wall)
    status, said = autograde()
    assert status == 2
    assert "there is no wall: this kernel cannot" in said
    assert not list(course.glob("autograded/*"))
