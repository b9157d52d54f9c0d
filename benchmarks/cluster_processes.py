"""The processes of the two benchmarks of a Dask cluster, and an exact account of what each of them used."""

from __future__ import annotations

import ctypes
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PR_SET_CHILD_SUBREAPER = 36
FIXED = ("--no-dashboard", "--memory-limit", "0")


@dataclass(frozen=True)
class Used:
    """What a process used: processor seconds with those of the children that it waited for, and its peak MB."""

    seconds: float
    peak: float


class Accounts:
    """Starts processes, and keeps what each used until its end.

    Processes whose parent is gone come to this one, so that what they used is not lost: grading processes and their
    walled children end with the Dask worker that they belong to.
    """

    def __init__(self) -> None:
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self._used: dict[int, Used] = {}

    def start(self, *words: str, said: Path | None = None) -> int:
        """Start a Python; what it says on either channel goes into a file, or nowhere."""
        with (said or Path(os.devnull)).open("wb") as out:
            process = subprocess.Popen([sys.executable, *words], stdout=out, stderr=out, cwd=ROOT)
        process.returncode = 0  # It is waited for here, and not by its own object.
        return process.pid

    def wait(self, process: int) -> Used:
        """Until this process has ended."""
        while process not in self._used and self._reap(0):
            pass
        return self._used[process]

    def end(self, processes: Iterable[int]) -> None:
        """End them in order, and wait for all that came to this process through them."""
        for process in processes:
            if process not in self._used:
                os.kill(process, 15)
                self.wait(process)
        while self._reap(0):
            pass

    def others(self, *known: int) -> float:
        """The seconds of all processes that are not known."""
        return sum(used.seconds for process, used in self._used.items() if process not in known)

    def _reap(self, flags: int) -> bool:
        try:
            process, _, usage = os.wait4(-1, flags)
        except ChildProcessError:
            return False
        self._used[process] = Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        return process != 0


class Cluster:
    """A scheduler and its workers."""

    def __init__(self, accounts: Accounts, home: Path, *options: str) -> None:
        self.accounts, self.home, self.file = accounts, home, home / "scheduler.json"
        self.workers: list[int] = []
        fixed = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(self.file))
        self.scheduler = accounts.start("-m", "distributed.cli.dask_scheduler", *fixed, *options)
        while not self.file.is_file():
            time.sleep(0.1)

    def add_workers(self, count: int) -> None:
        """Real ones, of one thread."""
        words = ("--scheduler-file", str(self.file), "--nworkers", str(count), "--nthreads", "1")
        where = ("--local-directory", str(self.home))
        self.workers.append(self.accounts.start("-m", "distributed.cli.dask_worker", *words, *FIXED, *where))
        self.wait_for(count)

    def wait_for(self, workers: int) -> None:
        """Until so many workers are there."""
        from distributed import Client

        with Client(scheduler_file=str(self.file), timeout=60) as client:
            client.wait_for_workers(workers, timeout=600)

    def close(self) -> None:
        self.accounts.end([*self.workers, self.scheduler])


@dataclass(frozen=True)
class Run:
    """One `misstep grade`: its process, wall seconds, what it used, and its results: how many, and their digest."""

    process: int
    wall: float
    used: Used
    count: int
    digest: str


def grade(accounts: Accounts, batch: Path, *options: str) -> Run:
    """`misstep grade` from start to end."""
    with tempfile.TemporaryDirectory() as out:
        told = Path(out) / "told.txt"
        began = time.perf_counter()
        words = ("-m", "grader", "grade", str(batch), "--out", out, "--seed", "1", *options)
        process = accounts.start(*words, said=told)
        used = accounts.wait(process)
        wall = time.perf_counter() - began
        results = Path(out) / "results.jsonl"
        if not results.is_file():
            sys.exit(told.read_text()[-2000:])
        written = results.read_bytes()
        return Run(process, wall, used, written.count(b"\n"), hashlib.sha256(written).hexdigest())
