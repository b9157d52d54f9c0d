"""What is read of a submission, and what is not: links at every level, and folders of odd things."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from grader.grading.find import find_submissions
from grader.grading.intake import read_submission
from grader.grading.intake.tree import MAX_FOLDERS, read_tree
from tests.conftest import copy_stage

CELLS = {"cells": [{"cell_type": "code", "source": "def causal_mask(n):\n    return n"}]}

pytestmark = pytest.mark.skipif(os.name != "posix", reason="links are made the POSIX way")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Somebody else's submission, in files and as a notebook."""
    home = tmp_path / "class" / "other"
    copy_stage(5, home / "exercises")
    copy_stage(3, home)
    (home / "exercises" / "stage6").mkdir()
    (home / "exercises" / "stage6" / "stage6.ipynb").write_text(json.dumps(CELLS))
    (home / "stage6.ipynb").write_text(json.dumps(CELLS))
    return home


# Where the link stands in the submission, and what of the other one it leads to.
LINKS = [
    ("", ""),
    ("exercises", "exercises"),
    ("stage3", "stage3"),
    ("stage5", "exercises/stage5"),
    ("exercises/stage5", "exercises/stage5"),
    ("stage6", "exercises/stage6"),
    ("stage6.ipynb", "stage6.ipynb"),
    ("exercises/stage6.ipynb", "stage6.ipynb"),
    ("homework", ""),
    ("homework/exercises", "exercises"),
    ("homework/stage5", "exercises/stage5"),
]


def test_the_other_submission_is_whole(other: Path) -> None:
    assert set(read_submission(other).sources) == {3, 5, 6}


@pytest.mark.parametrize(("place", "target"), LINKS)
def test_nothing_is_read_through_a_link_at_any_level(other: Path, place: str, target: str) -> None:
    thief = other.parent / "thief"
    link = thief / place if place else thief
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(other / target)
    (task,) = (task for task in find_submissions(other.parent) if task.name == "thief")
    assert read_submission(task.path).sources == {}


def test_a_link_among_the_files_of_a_stage_is_that_file_missing(other: Path) -> None:
    stage = copy_stage(5, other.parent / "thief")
    (stage / "heads.py").unlink()
    (stage / "heads.py").symlink_to(other / "exercises/stage5/heads.py")
    files = read_submission(stage.parent).sources[5]
    assert "link" in files["heads"].problem
    assert files["positions"].chunks


def test_a_submission_of_very_many_folders_is_read_in_part(tmp_path: Path) -> None:
    for number in range(MAX_FOLDERS + 5):
        (tmp_path / f"folder{number:05}").mkdir()
    first, last = tmp_path / "folder00000", tmp_path / f"folder{MAX_FOLDERS + 4:05}"
    copy_stage(5, first)
    copy_stage(3, last)
    assert set(read_submission(tmp_path).sources) == {5}


def test_names_that_are_no_text_and_other_cases_do_not_hide_the_files_beside_them(tmp_path: Path) -> None:
    stage = copy_stage(5, tmp_path)
    for name in (b"\xff\xfe.py", b"Heads.PY", b"new\nline.py", b" .py", b".py"):
        Path(os.fsdecode(os.fsencode(stage) + b"/" + name)).write_text("x = 1")
    files = read_submission(tmp_path).sources[5]
    assert {"heads", "positions", "causal_mask"} <= set(files)
    assert all(source.chunks for source in files.values())


@pytest.mark.parametrize(
    "content",
    [
        b'{"cells": ' + b"[" * 1_000_000,
        b'{"cells": ' + b'{"a":' * 1_000_000,
        b'{"cells": {"cell_type": "code"}}',
        b'{"cells": [{"cell_type": "code", "source": {"a": 1}}, [], 3]}',
        b'{"cells": [{"cell_type": "code", "metadata": [], "source": "x = 1"}]}',
        b'{"cells": NaN}',
        b"\xff\xfe\x00",
        b"[]",
        b"",
    ],
    ids=["lists", "dicts", "cells", "source", "metadata", "number", "bytes", "list", "empty"],
)
def test_a_notebook_that_is_none_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "stage5.ipynb").write_bytes(content)
    files = read_submission(tmp_path).sources[5]
    assert all(not source.chunks and "not a notebook" in source.problem for source in files.values())


def test_a_stage_that_is_no_folder_is_missing(tmp_path: Path) -> None:
    stage = copy_stage(5, tmp_path)
    shutil.rmtree(stage)
    os.mkfifo(stage)
    os.mkfifo(stage.with_suffix(".ipynb"))
    assert read_submission(tmp_path).sources == {}


@pytest.mark.parametrize("place", [".", "exercises", "exercises/stage5"])
def test_a_folder_that_becomes_a_link_while_it_is_read_is_not_followed(other: Path, tmp_path: Path, place: str) -> None:
    home = Path(shutil.copytree(other, tmp_path / "class" / "mine"))
    parts = ("exercises", "stage5", "heads.py")
    found, later = (next(file for file in read_tree(home).files if file.parts == parts) for _ in range(2))
    assert found.read(10**6)[0]
    shutil.rmtree(home / place)
    (home / place).symlink_to(other / place)
    content, problem = later.read(10**6)
    assert (content, problem) == (b"", "heads.py cannot be read: Not a directory")
