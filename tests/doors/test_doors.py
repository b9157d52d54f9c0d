"""One submission, one verdict, whichever door it came by: every situation through every front end, run for real.

All situations are one batch, so that a front end is started once for all of them where it can be.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from grader.grading.reference import PUBLIC_SEED
from tests.conftest import ROOT, copy_stage
from tests.doors.situations import SITUATIONS
from tests.nobody import as_nobody

# What one door says in another way, and why.
DIFFERENT = {
    # In the process of the run itself, the place where the process was to be ended is known.
    "when loaded": " — when loaded",
}


@dataclass
class Seen:
    """What a door said of one submission: status, points and message by exercise and check, and the notes."""

    checks: dict[tuple[str, str | None], tuple[str, float, str]] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)


Door = Callable[[Path, Path], Mapping[str, Seen]]


def name_of(situation: str) -> str:
    return situation.replace(" ", "-")


def started(*arguments: str | Path, cwd: Path, prefix: tuple[str, ...] = (), **environment: str) -> None:
    """Run a front end; it must come to verdicts, whatever they are."""
    command = [*prefix, sys.executable, "-m", *map(str, arguments)]
    given = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=600, check=False, env=given)
    assert done.returncode in (0, 1), done.stdout + done.stderr


def read(out: Path) -> Mapping[str, Seen]:
    found = {}
    for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines():
        result = json.loads(line)
        checks = {(c["exercise"], c["id"]): (c["status"], c["points"], c["message"]) for c in result["checks"]}
        found[result["submission"]] = Seen(checks, set(result["notes"]))
    return found


def by_grade(*options: str, prefix: tuple[str, ...] = ()) -> Door:
    def door(batch: Path, out: Path) -> Mapping[str, Seen]:
        common = ("grader", "grade", batch, "--out", out, "--stage", "5", "--seed", str(PUBLIC_SEED))
        started(*common, *options, cwd=batch, prefix=prefix)
        return read(out)

    return door


def by_pytest(batch: Path, out: Path) -> Mapping[str, Seen]:
    """`pytest` over all of the folders at once; what a check carries comes out as JSON."""
    out.mkdir()
    report = out / "report.json"
    folders = sorted(batch.glob("*/stage5"))
    started(
        "pytest", *folders, "-q", "-p", "no:cacheprovider", "--json-report", f"--json-report-file={report}", cwd=batch
    )
    data = json.loads(report.read_text(encoding="utf-8"))
    found: dict[str, Seen] = {folder.parent.name: Seen() for folder in folders}
    for test in data["tests"]:
        seen = found[test["nodeid"].split("/")[-3] if "/" in test["nodeid"] else ""]
        check = test["metadata"]
        seen.checks[check["exercise"], check["id"]] = (check["status"], check["points"], check["message"])
        seen.notes |= {
            value for item in test.get("user_properties", []) for key, value in item.items() if "note" in key
        }
    return found


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("doors") / "batch"
    for situation, change in SITUATIONS.items():
        change(copy_stage(5, home / name_of(situation)))
    for path in (home.parent, *home.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return home


@pytest.fixture(scope="module")
def walled(batch: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Seen]:
    return by_grade("--jobs", "2")(batch, tmp_path_factory.mktemp("walled") / "out")


def compared(seen: Seen) -> dict[tuple[str, str | None], tuple[str, float, str]]:
    """The checks without what doors may say in another way."""
    plain = {}
    for key, (status, points, message) in seen.checks.items():
        for words in DIFFERENT.values():
            message = message.replace(words, "")
        plain[key] = (status, points, message)
    return plain


def test_every_situation_comes_to_verdicts(walled: Mapping[str, Seen]) -> None:
    assert set(walled) == {name_of(situation) for situation in SITUATIONS}
    assert all(status == "passed" for status, _, _ in walled["right-work"].checks.values())
    assert walled["right-work"].notes == set()


RIGHT = [
    "a capital", "downloaded twice", "a copy", "a hidden ending", "a declared encoding", "an undeclared encoding",
    "sixteen bits", "libraries that are not used", "a way without a library", "a progress bar", "a star of numpy",
    "much of the library", "siblings by their paths", "prints and a main program", "a helper beside",
]  # fmt: skip


@pytest.mark.parametrize("situation", RIGHT)
def test_right_work_loses_nothing_for_the_way_it_arrives(walled: Mapping[str, Seen], situation: str) -> None:
    failed = {key: found for key, found in walled[name_of(situation)].checks.items() if found[0] != "passed"}
    assert failed == {}


def test_a_students_own_pytest_says_the_same(batch: Path, walled: Mapping[str, Seen], tmp_path: Path) -> None:
    found = by_pytest(batch, tmp_path / "out")
    assert found.keys() == walled.keys()
    for name, seen in found.items():
        assert compared(seen) == compared(walled[name]), name


@pytest.mark.long
@pytest.mark.parametrize("who", ["without a wall", "nobody"])
def test_grading_otherwise_says_the_same(batch: Path, walled: Mapping[str, Seen], tmp_path: Path, who: str) -> None:
    prefix = as_nobody() if who == "nobody" else ()
    if prefix is None:
        pytest.skip("nobody could run this Python here")
    tmp_path.chmod(0o777)
    options = ("--isolation", "none") if who == "without a wall" else ()
    found = by_grade("--jobs", "2", *options, prefix=prefix)(batch, tmp_path / "out")
    assert {name: (compared(seen), seen.notes) for name, seen in found.items()} == {
        name: (compared(seen), seen.notes) for name, seen in walled.items()
    }


@pytest.mark.long
@pytest.mark.parametrize("situation", SITUATIONS)
def test_classroom_50_says_the_same(batch: Path, walled: Mapping[str, Seen], tmp_path: Path, situation: str) -> None:
    home = tmp_path / "checkout"
    shutil.copytree(batch / name_of(situation), home)
    told = dict.fromkeys(("CLASSROOM", "ASSIGNMENT", "OWNER", "COMMIT_URL", "RELEASE_URL"), "x")
    started(
        "grader", "classroom50", home, "--stage", "5", cwd=home, SUBMISSION_TAG="submit/2026-01-01T00-00-00Z", **told
    )
    tests = json.loads((home / "result.json").read_text(encoding="utf-8"))["tests"]
    seen = walled[name_of(situation)]
    assert [test["status"] for test in tests] == [status for status, _, _ in seen.checks.values()]
    assert [test["message"] for test in tests] == [message for _, _, message in seen.checks.values()]
    body = (home / "release-body.md").read_text(encoding="utf-8")
    assert body.count("Note: ") == len(seen.notes)
