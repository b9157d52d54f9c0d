"""Real `dask scheduler` and `dask worker` processes on this machine, each in a group of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import pytest

from grader.course.pages import solutions_home
from grader.course.stored_answers import stored_answers
from tests.conftest import ROOT

WAIT = 90.0
SEED = "471147114711"
HANG = b"import time\n\n\ndef causal_mask(seq_len):\n    time.sleep(60)\n"


class Cluster:
    """A scheduler and workers, started and ended as an administrator would."""

    SECRET = "the-secret-of-the-worker"

    def __init__(self, home: Path, *, options: tuple[str, ...] = ()) -> None:
        self.home, self.options = home, options
        self.file = home / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.start_scheduler()

    def start_scheduler(self, port: int = 0) -> subprocess.Popen[bytes]:
        self.file.unlink(missing_ok=True)
        self.scheduler = self._start(
            "scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            "--no-dashboard",
            "--scheduler-file",
            str(self.file),
        )
        wait_for(self.file.is_file)
        return self.scheduler

    @property
    def address(self) -> str:
        return str(json.loads(self.file.read_text())["address"])

    def add_worker(
        self,
        name: str,
        *options: str,
        environment: Mapping[str, str] = MappingProxyType({}),
        launcher: tuple[str, ...] = (),
    ) -> subprocess.Popen[bytes]:
        """A worker with a nanny, which starts it anew when it is killed; `launcher` is what Python runs before it."""
        local = str(self.home / "local")
        fixed = ("--name", name, "--nthreads", "1", "--no-dashboard", "--local-directory", local, "--memory-limit", "0")
        return self._start(
            "worker", "--scheduler-file", str(self.file), *fixed, *options, environment=environment, launcher=launcher
        )

    def _start(
        self,
        what: str,
        *options: str,
        environment: Mapping[str, str] = MappingProxyType({}),
        launcher: tuple[str, ...] = (),
    ) -> subprocess.Popen[bytes]:
        command = [sys.executable, *launcher, "-m", "distributed.cli.dask_" + what, *options, *self.options]
        with (self.home / f"{what}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd=self.home,
                start_new_session=True,
                env={**os.environ, "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "5s", **environment},
            )
        self.processes.append(process)
        return process

    def logs(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.home.glob("*.log")))

    def close(self) -> None:
        for process in self.processes:
            end(process)


def end(process: subprocess.Popen[bytes], sign: int = signal.SIGKILL) -> None:
    """End a process and all that it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, sign)
    process.wait(timeout=WAIT)


def wait_for(condition: object, seconds: float = WAIT) -> None:
    """Until it holds."""
    until = time.monotonic() + seconds
    assert callable(condition)
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.05)


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler of one's own, to which workers are added and with which anything may be done."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster of two workers for all tests of a module, which leave it as it is."""
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    for name in ("ada", "grace"):
        made.add_worker(name, environment={"DASK_SECRET": made.SECRET})
    yield made
    made.close()


def make_class(home: Path, count: int, *, hanging: int = 0) -> Path:
    """Submissions of stage 5, right and wrong ones, the last of which hang."""
    solutions = solutions_home()
    assert solutions is not None
    answers = [answer for answer in stored_answers(solutions) if answer.stage.number == 5]
    quick = [a for a in answers if not re.search(rb"sleep|while", a.files[a.stem])]
    for number in range(count):
        folder = home / f"student-{number:04}" / "stage5"
        folder.mkdir(parents=True)
        for stem, text in quick[number * 7 % len(quick)].files.items():
            (folder / f"{stem}.py").write_bytes(text)
        if number >= count - hanging:
            (folder / "causal_mask.py").write_bytes(HANG)
    return home


def command(batch: Path, out: Path, *options: str) -> list[str]:
    fixed = ["--out", str(out), "--seed", SEED, "--jobs", "1", "--line-seconds", "0"]
    return [sys.executable, "-m", "grader", "grade", str(batch), *fixed, *options]


def grade(batch: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`misstep grade`, to its end."""
    return subprocess.run(
        command(batch, out, *options), cwd=ROOT, capture_output=True, text=True, timeout=150, check=False
    )


def results(out: Path) -> bytes:
    return (out / "results.jsonl").read_bytes()
