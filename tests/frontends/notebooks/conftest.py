"""One course for all tests of this folder, made and graded once with nbgrader's real commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.frontends.notebooks.students import ASSIGNMENT, hand_in_all
from tests.warm import NBGRADER, warm

TABLE = '[points]\ngeneral = 2\n\n[points.mistake]\n"5.9" = 0.5\n'
Command = Callable[..., "subprocess.CompletedProcess[str]"]
Scores = dict[str, dict[str, float]]


@pytest.fixture(scope="session")
def command() -> Command:
    """Run a module as this interpreter would in a directory; its exit status must be `status`."""
    pytest.importorskip("nbgrader")
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"

    def run(home: Path, *words: str, status: int | None = 0) -> subprocess.CompletedProcess[str]:
        done = warm(NBGRADER).run(home, words, {**os.environ, "PATH": tools})
        assert status is None or done.returncode == status, done.stdout + done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def handed_in(command: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose class has handed in; nobody is graded yet."""
    course = tmp_path_factory.mktemp("nbgrader") / "course"
    course.mkdir()
    (course / "misstep.toml").write_text(TABLE)
    command(course, "grader", "nbgrader", ".", "--stage", "5", "--seed", "4711")
    with (course / "nbgrader_config.py").open("a") as config:
        config.write('\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    command(course, "nbgrader", "db", "assignment", "add", ASSIGNMENT, "--duedate=2031-01-01 00:00:00 UTC")
    command(course, "nbgrader", "generate_assignment", ASSIGNMENT)
    hand_in_all(course)
    return course


def copied(course: Path, name: str) -> Path:
    """A copy of a course beside it."""
    return Path(shutil.copytree(course, course.with_name(name)))


@pytest.fixture(scope="session")
def graded(handed_in: Path, command: Command) -> Path:
    """The course graded by nbgrader's own command, with feedback and a CSV."""
    course = copied(handed_in, "graded")
    command(course, "nbgrader", "autograde", ASSIGNMENT)
    command(course, "nbgrader", "generate_feedback", ASSIGNMENT)
    command(course, "nbgrader", "export")
    return course


@pytest.fixture(scope="session")
def graded_by_us(handed_in: Path, command: Command) -> Path:
    """The same course graded by `misstep nbgrader autograde`."""
    course = copied(handed_in, "graded-by-us")
    (course / "submitted" / "empty-handed" / ASSIGNMENT).mkdir(parents=True)
    command(course, "grader", "nbgrader", "autograde", ASSIGNMENT, "--jobs", "2")
    return course


def scores(course: Path) -> Scores:
    """The automatic score of every cell by student."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            submission.student.id: {g.name: g.auto_score for n in submission.notebooks for g in n.grades}
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
        }
