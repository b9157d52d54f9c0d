"""A submission whose files are as they were is not read again, and whatever changed is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.frontends.cli import main
from grader.grading import worker
from grader.grading.intake import stamp as stamps
from grader.grading.intake.stamp import stamp
from grader.results.records import read_results
from tests.conftest import copy_stage

HEADS = Path("stage5") / "heads.py"


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the files of the test had been there for a while."""
    monkeypatch.setattr(stamps, "SETTLED_SECONDS", -60.0)


@pytest.fixture
def student(tmp_path: Path) -> Path:
    copy_stage(5, tmp_path / "batch" / "ada")
    return tmp_path / "batch" / "ada"


def in_place(path: Path) -> None:
    """Other content of the same size under the old modification time."""
    before = path.stat()
    path.write_bytes(path.read_bytes()[::-1])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


def linked(path: Path) -> None:
    moved = path.rename(path.parents[2] / path.name)
    path.symlink_to(moved)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize(
    "change",
    [
        in_place,
        replaced,
        linked,
        Path.unlink,
        lambda path: path.rename(path.with_name("Heads.py")),
        lambda path: path.with_name("more.txt").touch(),
        lambda path: path.with_name("deep").mkdir() or (path.with_name("deep") / "heads.py").touch(),
    ],
    ids=["in place", "replaced", "a link", "gone", "renamed", "one more", "one more below"],
)
def test_every_change_shows(student: Path, change: Callable[[Path], object]) -> None:
    before = stamp(student)
    assert before
    assert stamp(student) == before
    change(student / HEADS)
    assert stamp(student) != before


def test_what_changed_a_moment_ago_proves_nothing(student: Path) -> None:
    assert stamp(student) == ""


@pytest.mark.usefixtures("settled")
def test_an_unchanged_submission_is_not_read_and_a_changed_one_is_graded(
    student: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    grade = ["grade", str(student.parent), "--out", str(out), "--isolation", "none", "--jobs", "1", "--seed", "1"]
    assert main(grade) == 0
    with monkeypatch.context() as patched:
        patched.setattr(worker, "read", lambda *_: pytest.fail("it was read"))
        assert main(grade) == 0
    assert "1 kept from an earlier run" in capsys.readouterr().out
    before = read_results(out)[0].score
    in_place(student / HEADS)
    assert main(grade) == 0
    assert "kept from" not in capsys.readouterr().out
    assert read_results(out)[0].score < before
    # With other stages it is another question.
    assert main([*grade, "--stage", "5", "--stage", "6"]) == 0
    assert "kept from" not in capsys.readouterr().out
