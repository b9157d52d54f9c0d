"""Releasing again: ours is renewed, theirs is kept, and where both changed it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.frontends.release.update import MANIFEST, remembered, update
from grader.frontends.release.wheel import ReleaseError


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


def test_a_first_release_writes_everything(tmp_path: Path) -> None:
    done = update(tmp_path / "new", {"a.txt": b"1", ".github/b.yml": b"2"}, {})
    assert done.written == ["a.txt", ".github/b.yml"]
    assert (tmp_path / "new/.github/b.yml").read_bytes() == b"2"


def test_a_second_release_of_the_same_changes_nothing(tmp_path: Path) -> None:
    update(tmp_path, {"a.txt": b"1"}, {})
    done = update(tmp_path, {"a.txt": b"1"}, {})
    assert (done.written, done.kept, done.conflicts) == ([], [], [])


def test_what_nobody_touched_is_renewed(tmp_path: Path) -> None:
    update(tmp_path, {"a.txt": b"1"}, {})
    assert update(tmp_path, {"a.txt": b"2"}, {}).written == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"2"


def test_what_the_instructor_changed_is_kept(tmp_path: Path) -> None:
    update(tmp_path, {"a.txt": b"1"}, {})
    write(tmp_path, "a.txt", "mine")
    assert update(tmp_path, {"a.txt": b"1"}, {}).kept == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "mine"


def test_what_both_changed_is_a_conflict_with_both_at_hand(tmp_path: Path) -> None:
    update(tmp_path, {"a.txt": b"1"}, {})
    write(tmp_path, "a.txt", "mine")
    assert update(tmp_path, {"a.txt": b"2"}, {}).conflicts == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "mine"
    assert (tmp_path / "a.txt.misstep-new").read_bytes() == b"2"


def test_a_settled_conflict_does_not_come_back(tmp_path: Path) -> None:
    update(tmp_path, {"a.txt": b"1"}, {})
    write(tmp_path, "a.txt", "mine")
    update(tmp_path, {"a.txt": b"2"}, {})
    write(tmp_path, "a.txt", "mine and yours")
    assert update(tmp_path, {"a.txt": b"2"}, {}).conflicts == []


def test_a_file_that_was_there_before_the_first_release_is_a_conflict(tmp_path: Path) -> None:
    write(tmp_path, "README.md", "my course")
    assert update(tmp_path, {"README.md": b"yours"}, {}).conflicts == ["README.md"]
    assert (tmp_path / "README.md").read_text() == "my course"


def test_what_the_instructor_removed_stays_removed(tmp_path: Path) -> None:
    update(tmp_path, {"a.txt": b"1", "b.txt": b"1"}, {})
    (tmp_path / "a.txt").unlink()
    assert update(tmp_path, {"a.txt": b"1", "b.txt": b"1"}, {}).kept == ["a.txt"]
    assert not (tmp_path / "a.txt").exists()


def test_a_file_we_no_longer_have_goes_unless_it_was_changed(tmp_path: Path) -> None:
    update(tmp_path, {"old-1.whl": b"1", "old-2.whl": b"1"}, {})
    write(tmp_path, "old-2.whl", "mine")
    done = update(tmp_path, {}, {})
    assert (done.removed, done.kept) == (["old-1.whl"], ["old-2.whl"])
    assert not (tmp_path / "old-1.whl").exists()


def test_files_that_are_not_ours_are_never_touched(tmp_path: Path) -> None:
    write(tmp_path, "lecture.md", "mine")
    update(tmp_path, {"a.txt": b"1"}, {})
    update(tmp_path, {}, {})
    assert (tmp_path / "lecture.md").read_text() == "mine"


def test_the_options_of_the_last_release_are_remembered(tmp_path: Path) -> None:
    assert remembered(tmp_path) == {}
    update(tmp_path, {}, {"course": "https://example.org", "stages": [5]})
    assert remembered(tmp_path) == {"course": "https://example.org", "stages": [5]}


@pytest.mark.parametrize("text", ["", "[]", '{"files": 1, "options": {}}'])
def test_a_manifest_that_cannot_be_read_stops_everything(tmp_path: Path, text: str) -> None:
    write(tmp_path, "a.txt", "mine")
    write(tmp_path, MANIFEST, text)
    with pytest.raises(ReleaseError, match="cannot be read"):
        update(tmp_path, {"a.txt": b"1"}, {})
    assert (tmp_path / "a.txt").read_text() == "mine"
