"""One submission, one verdict, whichever door it came by: every situation through every front end, run for real.

All situations are one batch, so that a front end is started once for all of them. One door and a few situations are
tried in every run, all of the others where `-m long` asks for them.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_stage
from tests.doors.doors import Door, Seen, by_classroom50, by_github, by_grade, by_gradescope, by_pytest
from tests.doors.situations import LAYOUTS, RIGHT, SITUATIONS, WALLED_OFF
from tests.nobody import as_nobody

# What one door says in another way, and why.
DIFFERENT = {
    # In the process of the run itself, the place where the process was to be ended is known.
    "when loaded": " — when loaded",
}
# Tried with pytest in every run.
FEW = (
    "a mistake", "a syntax error", "an exit that nothing catches", "a copy beside its stub", "sixteen bits",
    "own tests against a library", "a stream of their own", "the command line", "a question at the keyboard",
    "own folders", "a thread",
)  # fmt: skip


def name_of(situation: str) -> str:
    return situation.replace(" ", "-")


# pytest is asked for a stage's folder and looks nowhere else, so that it cannot be asked where the files lie.
ALL = tuple(map(name_of, SITUATIONS))


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("doors") / "batch"
    for situation, change in SITUATIONS.items():
        change(copy_stage(5, home / name_of(situation)))
    for situation, change in LAYOUTS.items():
        change(copy_stage(5, home / name_of(situation)).parent)
    for path in (home.parent, *home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return home


@pytest.fixture(scope="module")
def walled(batch: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Seen]:
    return by_grade("--jobs", "2")(batch, tmp_path_factory.mktemp("walled") / "out")


def agree(found: Mapping[str, Seen], walled: Mapping[str, Seen], has_wall: bool = True) -> None:
    """A door says what the wall says, as far as it says it at all."""
    assert found
    for name, seen in found.items():
        right = walled[name]
        if not has_wall and name in map(name_of, WALLED_OFF):
            assert all(status == "passed" for status, _, _ in seen.checks.values()), name
            continue
        assert seen.checks.keys() == right.checks.keys(), name
        for key, (status, points, message) in seen.checks.items():
            status_there, points_there, message_there = right.checks[key]
            assert status == status_there, (name, key, message)
            assert points in (None, points_there), (name, key)
            assert message is None or plain(message) == plain(message_there or ""), (name, key)
        assert seen.notes in (None, right.notes), name


def plain(message: str) -> str:
    """A message without what doors may say in another way."""
    for words in DIFFERENT.values():
        message = message.replace(words, "")
    return message


def test_every_situation_comes_to_verdicts(walled: Mapping[str, Seen]) -> None:
    assert set(walled) == {name_of(situation) for situation in (*SITUATIONS, *LAYOUTS)}
    assert walled["right-work"].notes == set()


@pytest.mark.parametrize("situation", ["right work", *RIGHT])
def test_right_work_loses_nothing_for_the_way_it_arrives(walled: Mapping[str, Seen], situation: str) -> None:
    failed = {key: found for key, found in walled[name_of(situation)].checks.items() if found[0] != "passed"}
    assert failed == {}


@pytest.mark.parametrize("situation", [case for case in (*SITUATIONS, *LAYOUTS) if case not in RIGHT])
def test_what_earns_less_says_why(walled: Mapping[str, Seen], situation: str) -> None:
    failed = [found for found in walled[name_of(situation)].checks.values() if found[0] != "passed"]
    assert failed or situation == "right work"
    assert all(message for status, _, message in failed if status != "todo")
    if situation in WALLED_OFF:
        assert all("when your work is graded" in message for _, _, message in failed)


def test_a_students_own_pytest_says_the_same(batch: Path, walled: Mapping[str, Seen], tmp_path: Path) -> None:
    found = by_pytest(map(name_of, FEW))(batch, tmp_path / "out")
    assert found.keys() == set(map(name_of, FEW))
    agree(found, walled, has_wall=False)


def clone(tmp_path: Path) -> Path:
    """A clone with the kit installed from it; the folders of its exercises are those of the situations."""
    home = tmp_path / "out"
    home.mkdir()
    (home / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    return home


@pytest.mark.long
def test_bare_pytest_in_a_clone_says_the_same(batch: Path, walled: Mapping[str, Seen], tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("pytest")
    agree(by_pytest(ALL, command, home="exercises")(batch, clone(tmp_path)), walled, has_wall=False)


@pytest.mark.long
def test_pytest_in_a_released_repository_says_the_same(
    batch: Path, walled: Mapping[str, Seen], released: Path, student_bin: Path
) -> None:
    found = by_pytest(ALL, student_bin / "python", "-m", "pytest", home="situations")(batch, released)
    agree(found, walled, has_wall=False)


@pytest.mark.long
@pytest.mark.parametrize("who", ["without a wall", "nobody"])
def test_grading_otherwise_says_the_same(batch: Path, walled: Mapping[str, Seen], tmp_path: Path, who: str) -> None:
    prefix = as_nobody() if who == "nobody" else ()
    if prefix is None:
        pytest.skip("nobody could run this Python here")
    tmp_path.chmod(0o777)
    options = ("--isolation", "none") if who == "without a wall" else ()
    found = by_grade("--jobs", "2", *options, prefix=prefix)(batch, tmp_path / "out")
    agree(found, walled, has_wall=who == "nobody")


@pytest.mark.long
@pytest.mark.parametrize("door", [by_github, by_classroom50])
def test_a_workflow_says_the_same(batch: Path, walled: Mapping[str, Seen], tmp_path: Path, door: Door) -> None:
    found = door(batch, tmp_path / "out")
    assert found.keys() == walled.keys()
    agree(found, walled)


@pytest.mark.long
def test_gradescopes_script_says_the_same(
    batch: Path, walled: Mapping[str, Seen], tmp_path: Path, student_bin: Path
) -> None:
    from grader.frontends.release.gradescope import autograder

    machine = tmp_path / "autograder"
    (machine / "results").mkdir(parents=True)
    (machine / "misstep").symlink_to(student_bin.parent)
    (machine / "zip").write_bytes(autograder())
    with zipfile.ZipFile(machine / "zip") as archive:
        archive.extractall(machine / "source")
    script = (machine / "source/run_autograder").read_text().replace("/autograder/", f"{machine}/")
    (machine / "run_autograder").write_text(script)
    few = ("right work", *FEW, "loose files", "a zip", "a notebook and a file", "a notebook of two kinds")
    agree(by_gradescope(machine, tuple(map(name_of, few)))(batch, tmp_path / "out"), walled)
