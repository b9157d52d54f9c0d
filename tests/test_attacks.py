"""Hostile submissions get their status, and nobody beside them notices: the attacks, graded in one batch."""

from __future__ import annotations

import csv
import ctypes
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

from tests.attacks.making import Attack, all_attacks
from tests.conftest import ROOT, copy_stage
from tests.nobody import as_nobody

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the wall stands on Linux")

HONEST = ("a-honest", "error-honest", "m-honest", "timeout-honest", "zz-honest")
# No line is searched for: how far a search comes depends on the load, and lines are compared to the byte.
OPTIONS = ("--memory", "96", "--seed", "4711", "--line-seconds", "0")
# Enough time for what ends by another bound (memory, size), and a short one for what never ends. On a machine that is
# busy, both are longer: so many times what the honest neighbours need by themselves.
PATIENT, SHORT = ("--jobs", "2"), ("--jobs", "4")
SECONDS = {PATIENT: (12.0, 5.0), SHORT: (2.5, 1.0)}
NEVER_END = ("timeout", "bounded")
PR_SET_CHILD_SUBREAPER = 36
LEFT_BEHIND = ("/tmp/misstep-left-behind", "/dev/shm/misstep-left-behind", "/var/tmp/misstep-left-behind")
# C0 and C1 but the newline, and what turns the direction of text.
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ATTACKS = all_attacks()


@dataclass(frozen=True)
class Graded:
    """What a run of the command left."""

    batch: Path
    out: Path
    printed: str
    status: int
    children: list[int]
    changed: bool
    seconds: float

    @cached_property
    def lines(self) -> dict[str, bytes]:
        """The lines of results.jsonl by submission."""
        lines = (self.out / "results.jsonl").read_bytes().splitlines()
        return {json.loads(line)["submission"]: line for line in lines}


@pytest.fixture(scope="module", params=["as we are", pytest.param("as an ordinary user", marks=pytest.mark.long)])
def user(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """What to put before a command."""
    if request.param == "as we are":
        return ()
    prefix = as_nobody()
    if prefix is None:
        pytest.skip("only root can become somebody else, and nobody must be able to run this Python")
    return prefix


@pytest.fixture(scope="module")
def runs(user: tuple[str, ...], alone: Graded) -> Iterator[list[Graded]]:
    """The attacks among honest neighbours: those that end by themselves, and those that have to be ended."""
    homes = [(open_folder(), PATIENT), (open_folder(), SHORT)]
    for attack in ATTACKS:
        lay(attack, homes[attack.status in NEVER_END][0] / "class")
    for home, _ in homes:
        for name in HONEST:
            lay_honest(name, home / "class")
    yield [grade(user, home, options, alone.seconds) for home, options in homes]
    for home, _ in homes:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def alone(user: tuple[str, ...]) -> Iterator[Graded]:
    """The honest neighbours by themselves."""
    home = open_folder()
    for name in HONEST:
        lay_honest(name, home / "class")
    yield grade(user, home, PATIENT)
    shutil.rmtree(home, ignore_errors=True)


def open_folder() -> Path:
    """A new folder that everybody may enter."""
    home = Path(tempfile.mkdtemp(prefix="misstep-attacks-"))
    home.chmod(0o755)
    return home


def folder_of(attack: Attack) -> str:
    return os.fsdecode(attack.folder) if attack.folder else f"{attack.status}-{attack.name}"


def lay(attack: Attack, batch: Path) -> None:
    home = batch / folder_of(attack)
    home.mkdir(parents=True)
    attack.lay(home)


def lay_honest(name: str, batch: Path) -> None:
    """One solved stage; two with a mistake, so that there are verdicts of every kind to compare."""
    stage = copy_stage(5, batch / name)
    if name.startswith(("m", "zz")):
        with (stage / "heads.py").open("a") as file:
            file.write("\n\ndef merge_heads(heads):\n    return heads.mean(axis=1)\n")


def grade(user: tuple[str, ...], home: Path, options: tuple[str, ...], needed: float = 0.0) -> Graded:
    """Run the real command on `home`/class, and look at what is left of it. The neighbours `needed` so many seconds."""
    least, times = SECONDS[options]
    command = ["grade", home / "class", "--out", home / "out", *OPTIONS, *options]
    command += ["--timeout", str(max(least, times * needed))]
    out = home / "out"
    out.mkdir()
    out.chmod(0o777)
    before = tree(home / "class")
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    others = children()
    began = time.monotonic()
    done = subprocess.run(
        [*user, sys.executable, "-B", "-m", "grader", *command],
        cwd=ROOT,
        capture_output=True,
        timeout=900,
        check=False,
    )
    seconds = time.monotonic() - began
    left = [pid for pid in children() if pid not in others]
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    printed = (done.stdout + done.stderr).decode("utf-8", "surrogateescape")
    changed = tree(home / "class") != before
    return Graded(home / "class", out, printed, done.returncode, left, changed, seconds)


def children() -> list[int]:
    """Our children, and as we are their reaper, whatever those left behind."""
    own = Path(f"/proc/{os.getpid()}/task")
    return [int(pid) for task in own.iterdir() for pid in (task / "children").read_text().split()]


def tree(home: Path) -> str:
    """A digest of every name, kind and content below `home`."""
    digest = hashlib.sha256()
    for folder, names, files in os.walk(os.fsencode(home)):
        for name in sorted(names + files):
            path = os.path.join(folder, name)
            kind = os.lstat(path)
            digest.update(path + str((kind.st_mode, kind.st_size, kind.st_mtime_ns)).encode())
    return digest.hexdigest()


@cache
def statuses(line: bytes) -> dict[str, dict[str | None, str]]:
    """The status of each check by exercise and id."""
    found: dict[str, dict[str | None, str]] = {}
    for check in json.loads(line)["checks"]:
        found.setdefault(check["exercise"], {})[check["id"]] = check["status"]
    return found


def is_as_expected(status: str, checks: dict[str | None, str]) -> bool:
    got = set(checks.values())
    if status == "wrong":
        return checks[None] == "wrong" and "passed" not in got
    if status == "mistake":
        return "mistake" in got and "passed" not in got
    if status == "bounded":
        return "passed" not in got
    return got == {status}


def line_of(runs: list[Graded], attack: Attack) -> bytes:
    name = folder_of(attack)
    shown = name.encode("utf-8", "backslashreplace").decode()
    lines = runs[attack.status in NEVER_END].lines
    return lines[name if name in lines else shown]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.status}-{attack.name}")
def test_every_attack_gets_its_status_and_spoils_nothing_else(runs: list[Graded], attack: Attack) -> None:
    found = statuses(line_of(runs, attack))
    for exercise, checks in found.items():
        expected = attack.status if attack.exercise in (exercise, None) else "passed"
        assert is_as_expected(expected, checks), (exercise, found)


def test_there_are_attacks_of_every_kind() -> None:
    assert len(ATTACKS) >= 60
    assert {attack.status for attack in ATTACKS} == {
        "passed",
        "error",
        "timeout",
        "todo",
        "wrong",
        "mistake",
        "bounded",
    }


def test_every_submission_got_a_verdict(runs: list[Graded]) -> None:
    assert [run.status for run in runs] == [0, 0], [run.printed for run in runs]
    assert sum(len(run.lines) for run in runs) == len(ATTACKS) + 2 * len(HONEST)


def test_the_neighbours_verdicts_are_unchanged_to_the_byte(runs: list[Graded], alone: Graded) -> None:
    assert set(alone.lines) == set(HONEST)
    for name, line in alone.lines.items():
        assert [run.lines[name] for run in runs] == [line, line]


def test_no_process_and_no_file_is_left(runs: list[Graded]) -> None:
    for run in runs:
        assert run.children == []
        assert not run.changed
        names = {path.name for path in run.out.iterdir() if not path.name.startswith(".")}
        assert names <= {"gradebook.csv", "results.jsonl", "results.sqlite", "seed"}
    assert not [path for path in LEFT_BEHIND if os.path.lexists(path)]


def test_nothing_that_a_submission_wrote_comes_out_raw(runs: list[Graded]) -> None:
    cells: list[str] = []
    for run in runs:
        jsonl = (run.out / "results.jsonl").read_text(encoding="utf-8")
        table = (run.out / "gradebook.csv").read_text(encoding="utf-8")
        for text in (run.printed, jsonl, table):
            assert not [found for found in CONTROL.findall(text) if found != "\r"]
        assert not re.search(r"^\s*::|##\[", run.printed, re.MULTILINE)
        cells += [cell for row in csv.reader(table.splitlines(keepends=True)) for cell in row]
    assert len(cells) > 1000
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_no_message_says_where_the_submissions_lie(runs: list[Graded]) -> None:
    for run in runs:
        messages = [check["message"] for line in run.lines.values() for check in json.loads(line)["checks"]]
        for path in (run.batch, run.out):
            assert not [message for message in messages if str(path) in message]
