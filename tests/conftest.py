"""Submissions to test with: the solutions, changed where a test says so, and the real commands to run on them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

# Several processes run tests: one core each is enough for products of small matrices, and threads that wait for one
# another take all. What is started for a test gets numpy's own number of threads.
if "OPENBLAS_NUM_THREADS" not in os.environ:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    import numpy  # noqa: F401

    del os.environ["OPENBLAS_NUM_THREADS"]

import pytest

from grader.course.catalogue import Check, stage
from tests.spread import ByCost, turn
from tests.warm import KIT, warm

ROOT = Path(__file__).resolve().parent.parent
# Submissions that attack the grader; some would stop pytest itself if it loaded them.
collect_ignore = ["attacks"]
# Left out of a copy of the kit. The other bytecode fits the copy as well, and saves compiling all of it.
STALE = "*-pytest-*.pyc"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run() -> Run:
    """Run a module of this interpreter, with nothing of ours in its environment."""
    return run_module


def run_module(
    *arguments: object,
    cwd: Path = ROOT,
    given: str = "",
    flags: tuple[str, ...] = (),
    environment: Mapping[str, str] = MappingProxyType({}),
    encoding: str = "utf-8",
    fresh: bool = False,
    modules: tuple[str, ...] = KIT,
    seconds: float = 300,
) -> subprocess.CompletedProcess[str]:
    """Run a module as this interpreter would: in a fork of a warm process, or in a process of its own (`fresh`).

    How Python starts (its flags, its variables, the encoding of the terminal) shows only in a process of its own.
    """
    environment, words = {**os.environ, **environment}, tuple(map(str, arguments))
    if not fresh and not {*flags} - {"-B"} and warm(modules).serves(environment):
        return warm(modules).run(cwd, words, environment, given, bytecode="-B" not in flags, seconds=seconds)
    return subprocess.run(
        [sys.executable, *flags, "-m", *words],
        cwd=cwd,
        input=given,
        capture_output=True,
        env=environment,
        encoding=encoding,
        timeout=seconds,
        check=False,
    )


@pytest.fixture
def stage5(tmp_path: Path) -> Path:
    """A copy of stage 5, solved, in a folder of its own."""
    return copy_stage(5, tmp_path / "course")


def copy_stage(number: int, home: Path) -> Path:
    """Copy a stage's solutions to `home`/stageN, without the answers beside them."""
    target = home / f"stage{number}"
    target.mkdir(parents=True)
    for path in (ROOT / "solutions" / target.name).glob("*.py"):
        shutil.copy(path, target)
    return target


def checks_of(number: int, *stems: str) -> list[Check]:
    """The checks of a stage, or of some of its files: counted here, no test goes stale when a mistake is added."""
    level = stage(number)
    return [check for e in level.exercises if e.stem in (stems or level.stems) for check in e.checks]


def answer_text(stage: int, stem: str, name: str) -> str:
    """A kept answer laid over the solution: the solution's text and the answer's after it."""
    home = ROOT / "solutions" / f"stage{stage}"
    return (home / f"{stem}.py").read_text() + "\n\n" + (home / "answers" / stem / f"{name}.py").read_text()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    items.sort(key=turn)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByCost:
    """Keep together what shares a costly fixture."""
    config.option.loadscopereorder = False
    return ByCost(config, log)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of the long sweep, if it ran."""
    reports = [r for group in terminalreporter.stats.values() for r in group if getattr(r, "when", "") == "call"]
    done = [dict(r.user_properties)["sweep"] for r in reports if "sweep" in dict(r.user_properties)]
    if done:
        verdicts, wrong = (sum(part[key] for part in done) for key in ("verdicts", "wrong"))
        terminalreporter.write_line(f"sweep: {verdicts:,} verdicts on answers, {wrong} wrong")
