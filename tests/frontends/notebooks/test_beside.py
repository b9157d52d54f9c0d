"""What lies beside a notebook, or in its place, decides nothing and fills nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest.importorskip("nbgrader")

from grader.frontends.notebooks.beside import MOST_BYTES, copy_files, link_problem


def test_a_link_in_the_place_of_a_student_or_an_assignment_is_refused_by_name(tmp_path: Path) -> None:
    theirs = tmp_path / "submitted" / "ada" / "stage5"
    theirs.mkdir(parents=True)
    assert link_problem(theirs) == ""
    (tmp_path / "submitted" / "eve").symlink_to("ada")
    (tmp_path / "submitted" / "mallory").mkdir()
    (tmp_path / "submitted" / "mallory" / "stage5").symlink_to(theirs)
    for student in ("eve", "mallory"):
        problem = link_problem(tmp_path / "submitted" / student / "stage5")
        assert student in problem
        assert "is a link to" in problem


def test_links_devices_and_what_is_too_large_are_not_copied(tmp_path: Path) -> None:
    home, target = tmp_path / "home", tmp_path / "target"
    (home / "data").mkdir(parents=True)
    (home / "data" / "words.txt").write_text("words")
    (home / "secret").symlink_to("/etc/passwd")
    os.mkfifo(home / "fifo")
    with (home / "sparse").open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    (home / "mine.ipynb").write_text("{}")
    copy_files(str(home), target, ["*.ipynb"])
    assert sorted(path.name for path in target.rglob("*") if not path.is_dir()) == ["words.txt"]
