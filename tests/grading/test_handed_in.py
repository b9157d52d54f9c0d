"""When work was handed in: by the list of a learning management system, or the last commit, whatever a clone holds."""

from __future__ import annotations

import os
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from grader.course.late import Late
from grader.grading.find import Task
from grader.grading.handed_in import Commits, days_late, read_time

DUE = datetime.fromisoformat("2026-11-27T12:00:00+00:00")
WHEN = {"GIT_AUTHOR_DATE": "2026-11-29T13:00:00+0000", "GIT_COMMITTER_DATE": "2026-11-29T13:00:00+0000"}


def git(folder: Path, *words: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, env={**os.environ, **WHEN})


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("batch") / "ada"
    folder.mkdir()
    git(folder, "init", "-q")
    git(folder, "commit", "-q", "--allow-empty", "-m", "work\n\ncommitter x <x> 1 +0000")
    return folder


def test_the_last_commit_says_when(clone: Path) -> None:
    with Commits() as commits:
        assert commits.time(clone) == datetime.fromisoformat("2026-11-29T13:00:00+00:00")
        assert commits.time(clone.parent) is None


def test_packed_objects_and_references_are_read_too(clone: Path) -> None:
    git(clone, "gc", "-q")
    with Commits() as commits:
        assert commits.time(clone) is not None


def test_nothing_that_a_clone_configures_is_run(clone: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    for key in ("core.fsmonitor", "core.sshCommand", "core.pager", "gpg.program", "core.alternateRefsCommand"):
        git(clone, "config", key, f"touch {seen}; false")
    git(clone, "config", "log.showSignature", "true")
    with Commits() as commits:
        assert commits.time(clone) is not None
    assert not seen.exists()


@pytest.mark.parametrize("head", ["", "ref: refs/../../x", "ref: refs/heads/none", "0" * 40, "x" * 5000, "--help"])
def test_a_head_that_leads_nowhere_is_no_time(tmp_path: Path, head: str) -> None:
    (tmp_path / ".git" / "objects").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text(head)
    with Commits() as commits:
        assert commits.time(tmp_path) is None


def test_the_list_of_a_system_comes_before_commits(clone: Path) -> None:
    rows = ["submission,late,submitted", "ada,,2026-11-27T11:00:00+00:00", "bo,,2026-11-28 14:00:00 +0000", "cy,late,"]
    (clone.parent / "collected.csv").write_text("\n".join(rows), encoding="utf-8-sig")
    tasks = [Task(name, clone.parent / name) for name in ("ada", "bo", "cy", "di")]
    assert days_late(Late(10.0, due=DUE), clone.parent, tasks) == {"bo": 2, "cy": 1}
    assert days_late(None, clone.parent, tasks) == {}


@pytest.mark.parametrize(
    "text",
    [
        "2024-09-24T21:26:00",
        "2024-09-24 21:26:00 -0700",
        "2024-09-24 21:26:00.123456 +0000",
        "2024-09-24 21:26:00 UTC",
        "Sep 24, 2024 926 PM",
        "2024-09-24-21-26-00",
    ],
)
def test_times_of_every_system_are_read(text: str) -> None:
    time = read_time(text)
    assert time is not None
    assert (time.year, time.month, time.day, time.hour, time.minute) == (2024, 9, 24, 21, 26)


def test_what_is_no_time_is_none() -> None:
    assert read_time("last Tuesday") is read_time("") is None
