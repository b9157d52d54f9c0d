"""A course that is solved but for its heads, and watch in a pseudo-terminal of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from grader.course.catalogue import stage
from grader.frontends.cli import main
from tests.conftest import ROOT, Run, checks_of

SOLUTION = (ROOT / "solutions/stage5/heads.py").read_text()
RESHAPED = SOLUTION.replace("def split_heads", "def unused").rstrip() + (
    "\n\n\ndef split_heads(x, n_heads):\n    B, T, D = x.shape\n    if D % n_heads:\n        raise ValueError(D)\n"
    "    return x.reshape(B, n_heads, T, D // n_heads)\n"
)
SECONDS = 60
# Counted in the catalogue, so that no test goes stale when something is added to the stage.
EXERCISES = len(stage(5).exercises)
ALL_POINTS = f"{len(checks_of(5))} of {len(checks_of(5))} points"
Start = Callable[..., Any]


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Stage 5, solved but for the heads."""
    shutil.copytree(ROOT / "exercises/stage5", tmp_path / "exercises/stage5")
    for path in (ROOT / "solutions/stage5").glob("*.py"):
        if path.name != "heads.py":
            shutil.copy(path, tmp_path / "exercises/stage5")
    return tmp_path


@pytest.fixture
def start(course: Path) -> Iterator[Start]:
    """Start watch in the course, in a terminal of its own."""
    pexpect = pytest.importorskip("pexpect")
    started = []

    def begin(*arguments: str, columns: int = 80, before: tuple[str, ...] = (), **environment: str) -> Any:
        environment = {**os.environ, "TERM": "xterm", **environment}
        command = ["-c", "import sys; from grader.frontends.cli import main; sys.exit(main())", "watch", *arguments]
        whole = [*before, sys.executable, *command]
        options = {
            "cwd": course,
            "env": environment,
            "dimensions": (40, columns),
            "encoding": "utf-8",
            "codec_errors": "replace",
        }
        # Whoever runs the tests in the background may ignore Ctrl-C, and a child inherits that.
        options["preexec_fn"] = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
        child = pexpect.spawn(whole[0], whole[1:], **options)
        child.timeout = SECONDS
        started.append(child)
        return child

    yield begin
    for child in started:
        child.close(force=True)


@pytest.fixture
def misstep(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The command in this process, as it runs in a folder without a terminal."""

    def call(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(cwd)
        capfd.readouterr()
        status = main(arguments)
        return subprocess.CompletedProcess(arguments, status, *capfd.readouterr())

    return call


def heads(course: Path) -> Path:
    return course / "exercises/stage5/heads.py"


def settled(child: Any) -> None:
    """All exercises were judged: nothing runs any more."""
    child.expect(rf"\d+ of {EXERCISES} exercises done\s*(?:\x1b\[0m)?\r\n")
